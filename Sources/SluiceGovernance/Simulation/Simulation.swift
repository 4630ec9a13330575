public import SluiceEncoding

/// A log that goes on in memory: what would follow if something were said (governance-domain 13).
///
/// It does with values what the ledger does with rows: apply what was said, judge the cases that it
/// can have moved, record their decisions and what those bring about, and judge again what these
/// moved. Scenarios are played on it.
public struct Simulation: Sendable {
  /// One entry, and of a decision all that led to it.
  public struct Step: Sendable {
    /// What was recorded.
    public let entry: Entry
    /// The decision, where the entry is one that was reached here.
    public let decision: Decision?
  }

  /// The state after the last step.
  public private(set) var release: Release
  /// Log time.
  public private(set) var now: Instant
  /// What was recorded since the beginning, in log order.
  public private(set) var steps: [Step] = []
  private var size: Int
  private var number: Int

  /// Goes on from a state.
  ///
  /// - Parameters:
  ///   - release: The fold of a log.
  ///   - size: The number of entries of that log.
  ///   - now: Log time.
  public init(_ release: Release, size: Int = 0, at now: Instant) {
    self.release = release
    self.size = size
    self.now = now
    number = (release.cases.values.map(\.number).max() ?? 0) + 1
  }

  /// The index of the next entry.
  public var nextIndex: Int { size }

  /// Takes in a statement at an instant, if the rules of its type let it in, after what time alone
  /// makes happen until then.
  ///
  /// - Parameters:
  ///   - said: What was said; a `file` gets the next running number.
  ///   - answers: The answers behind the commitment of an `answer`.
  ///   - instant: When; not before log time.
  /// - Throws: The first rule that is broken; then only time has passed.
  public mutating func say(
    _ said: Entry.Said,
    answers: JSONObject? = nil,
    at instant: Instant
  ) throws(Refusal) {
    pass(to: instant)
    try release.check(said, answers: answers, at: now)
    record(.accepted(numbered(said)))
  }

  /// Records a fact as it is, and what follows from it.
  ///
  /// When the clock is confirmed, all that was held up happens, deadlines first.
  public mutating func record(_ fact: Entry.Fact) {
    append(fact)
    guard case .clock(isPaused: false) = fact else { return judge(release.touched(by: fact)) }
    pass(to: now)
    judge(.all)
  }

  /// Records a fact from which nothing is to follow yet.
  mutating func append(_ fact: Entry.Fact, decision: Decision? = nil) {
    let entry = Entry(index: size, at: now, fact: fact)
    release.apply(entry)
    steps.append(Step(entry: entry, decision: decision))
    size += 1
  }

  /// Judges the open cases that are meant, and those that their decisions move in turn.
  mutating func judge(_ touch: Release.Touch) {
    var waiting = [touch]
    while !waiting.isEmpty {
      for id in release.openCases(touchedBy: waiting.removeFirst()) {
        waiting += decide(id).map { release.touched(by: $0) }.filter { $0 != .none }
      }
    }
  }

  /// Moves log time, which never goes back.
  mutating func move(to instant: Instant) { now = max(now, instant) }

  /// Records the decision to which a case has come, if it has, and the grant that follows.
  private mutating func decide(_ id: Case.ID) -> [Entry.Fact] {
    guard let asked = release.cases[id], asked.state == .open,
      let decision = evaluate(asked, in: release, at: now).flatMap({ Decision($0) })
    else { return [] }
    let review = decision.beginsReview ? takeNumber() : nil
    let fact = Entry.Fact.decided(decision.record(review: review))
    append(fact, decision: decision)
    if let terms = decision.grant(in: release) { issue(terms) }
    return [fact]
  }

  /// Issues a grant; it is named after its place, because there is no event to digest.
  mutating func issue(_ terms: Grant.Terms) {
    let name = Release.digest(of: "issue:\(size)", in: release.id)
    append(.issued(Grant(issuing: terms, as: Grant.ID(name.hex), at: size)))
  }

  func numbered(_ said: Entry.Said, _ number: Int) -> Entry.Said {
    Entry.Said(
      said.statement,
      strength: said.strength,
      key: said.key,
      number: number,
      organisation: said.organisation
    )
  }

  mutating func numbered(_ said: Entry.Said) -> Entry.Said {
    guard said.number == nil, said.statement.type == .file else { return said }
    return numbered(said, takeNumber())
  }

  private mutating func takeNumber() -> Int {
    defer { number += 1 }
    return number
  }
}

public import SluiceEncoding
public import SluiceGovernance

/// What is supposed for the sake of a question: nothing of it is written (governance-domain 13).
public struct Supposition: Hashable, Sendable {
  /// Another policy, as text, in place of the one that decides.
  public let policy: String?
  /// Somebody else in place of who asked and would obtain something.
  public let person: Principal.ID?
  /// Acts that are taken as done, in order.
  public let assumed: [Assumption]

  /// Composes a supposition; without any part nothing is supposed.
  public init(
    policy: String? = nil,
    person: Principal.ID? = nil,
    assumed: [Assumption] = []
  ) {
    self.policy = policy
    self.person = person
    self.assumed = assumed
  }

  /// That everything is as it is.
  public static let nothing = Supposition()

  /// The members `as`, `assume` and `policy`, each only where it says something.
  var members: JSONObject {
    var members: JSONObject = [:]
    members["as"] = person.map { .string($0.rawValue) }
    members["assume"] =
      assumed.isEmpty ? nil : .array(assumed.map { .string($0.description) })
    members["policy"] = policy.map { .string($0) }
    return members
  }

  /// Takes the members `as`, `assume` and `policy` out.
  init(_ fields: inout JSONFields) throws(Malformed) {
    let assumed = try fields.optionalTexts("assume") ?? []
    self.init(
      policy: try fields.optionalString("policy"),
      person: try fields.optionalPrincipal("as"),
      assumed: try assumed.map { text throws(Malformed) in try Assumption(text) }
    )
  }
}

/// One act that is taken as done: `VERB:WHAT`, such as `approve:ben` or `confirm:9c2e1f`.
public struct Assumption: Hashable, Sendable, CustomStringConvertible {
  /// The acts that can be supposed, with what stands after the colon.
  public enum Act: String, CaseIterable, Hashable, Sendable {
    /// A person gives a verdict, or will not count.
    case approve, deny, recuse
    /// A digest of evidence, or the beginning of one: whoever may confirm it does.
    case confirm
    /// The name of a text or a form: the beneficiary gives it.
    case accept, answer
    /// The name of a group: the beneficiary is in it.
    case join
    /// The name of a stage: it opened at the instant of the question.
    case open
  }

  /// The act.
  public let act: Act
  /// Who does it or what it is about.
  public let what: String

  /// Composes an assumption.
  public init(_ act: Act, _ what: String) {
    self.act = act
    self.what = what
  }

  /// Reads `VERB:WHAT`.
  public init(_ text: String) throws(Malformed) {
    let sides = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[1].isEmpty, let act = Act(rawValue: String(sides[0])) else {
      let known = Act.allCases.map(\.rawValue).joined(separator: ", ")
      throw Malformed("assumption", "\(text): must be VERB:WHAT, VERB being one of \(known)")
    }
    self.init(act, String(sides[1]))
  }

  /// Reads `VERB:WHAT,VERB:WHAT,…`, as `--assume` takes it.
  public static func list(_ text: String) throws(Malformed) -> [Assumption] {
    try text.split(separator: ",", omittingEmptySubsequences: false)
      .map { part throws(Malformed) in try Assumption(String(part)) }
  }

  /// The person who acts, typed `ben` or `person:ben`; `nil` where ``what`` is no person.
  public var person: Principal.ID? {
    switch act {
    case .approve, .deny, .recuse:
      try? Principal.ID(parsing: what.utf8.contains(UInt8(ascii: ":")) ? what : "person:\(what)")
    case .confirm, .accept, .answer, .join, .open: nil
    }
  }

  /// `VERB:WHAT`.
  public var description: String { "\(act.rawValue):\(what)" }
}

internal import SluiceEncoding

/// A sentence of a scenario, taken apart: who, verb, objects, and clauses that a word introduces.
///
/// Each taker removes what it takes, so `finish` knows what the sentence should not have.
struct Sentence {
  /// The first word.
  let subject: String
  /// The verb as it is looked up, such as `approve` of `approves` and `approving`.
  let verb: String
  private var objects: ArraySlice<String>
  private var clauses: [String: ArraySlice<String>] = [:]

  private static let format = "scenario"
  private static let openers: Set<String> = [
    "after", "as", "behalf", "by", "for", "from", "of", "since", "to", "until", "with",
  ]

  init(_ words: some Sequence<String>) throws(Malformed) {
    var rest = Self.joined(Array(words))[...]
    guard let subject = rest.popFirst(), let verb = rest.popFirst() else {
      throw Self.fault("needs somebody and a verb")
    }
    guard let known = Self.verbs[verb] else { throw Self.fault("no such verb: \(verb)") }
    self.subject = subject
    self.verb = known
    let first = rest.firstIndex(where: Self.openers.contains) ?? rest.endIndex
    objects = rest[..<first]
    rest = rest[first...]
    while let opener = rest.popFirst() {
      let end = rest.firstIndex(where: Self.openers.contains) ?? rest.endIndex
      guard end > rest.startIndex else { throw Self.fault("nothing stands after \(opener)") }
      guard clauses.updateValue(rest[..<end], forKey: opener) == nil else {
        throw Self.fault("says \(opener) twice")
      }
      rest = rest[end...]
    }
  }

  /// `on behalf of` as the one word that it is here.
  private static func joined(_ words: [String]) -> [String] {
    guard
      let start = words.indices.first(where: { words[$0...].starts(with: ["on", "behalf", "of"]) })
    else { return words }
    return Array(words[..<start]) + ["behalf"] + Array(words[(start + 3)...])
  }

  static func fault(_ what: String) -> Malformed { Malformed(format, what) }

  /// Takes the next object, if there is one.
  mutating func object() -> String? { objects.popFirst() }

  /// Takes the next object.
  mutating func object(_ what: String) throws(Malformed) -> String {
    guard let object = objects.popFirst() else { throw Self.fault("\(verb) needs \(what)") }
    return object
  }

  /// Takes a clause of one word, if it is there.
  mutating func clause(_ opener: String) throws(Malformed) -> String? {
    guard let words = clauses.removeValue(forKey: opener) else { return nil }
    guard words.count == 1, let word = words.first else {
      throw Self.fault("one word must stand after \(opener)")
    }
    return word
  }

  /// Takes a clause of one word.
  mutating func clause(_ opener: String, _ what: String) throws(Malformed) -> String {
    guard let word = try clause(opener) else {
      throw Self.fault("\(verb) needs \(opener) \(what)")
    }
    return word
  }

  /// Takes a clause of any number of words, if it is there.
  mutating func phrase(_ opener: String) -> String? {
    clauses.removeValue(forKey: opener)?.joined(separator: " ")
  }

  /// Takes an instant, if it is there.
  mutating func instant(_ opener: String) throws(Malformed) -> Instant? {
    guard let word = try clause(opener) else { return nil }
    return try Instant(word)
  }

  /// Takes `name=value …`, if it is there.
  mutating func values(_ opener: String) throws(Malformed) -> [String: String] {
    try Self.values(clauses.removeValue(forKey: opener) ?? [])
  }

  /// Takes the objects that are left as `name=value …`.
  mutating func values() throws(Malformed) -> [String: String] {
    defer { objects = [] }
    return try Self.values(objects)
  }

  private static func values(_ words: ArraySlice<String>) throws(Malformed) -> [String: String] {
    var values: [String: String] = [:]
    for word in words {
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty,
        values.updateValue(String(halves[1]), forKey: String(halves[0])) == nil
      else { throw fault("\(word): must be NAME=VALUE, each name once") }
    }
    return values
  }

  /// Refuses what nobody took.
  func finish() throws(Malformed) {
    if let left = objects.first { throw Self.fault("\(left) says nothing here") }
    if let left = clauses.keys.min() { throw Self.fault("\(verb) has no \(left)") }
  }
}

extension Sentence {
  /// The verbs by the forms in which a story and an expectation write them.
  private static let verbs: [String: String] = {
    let irregular = [
      "file": ("files", "filing"), "revise": ("revises", "revising"),
      "recuse": ("recuses", "recusing"), "give": ("gives", "giving"),
      "leave": ("leaves", "leaving"), "remove": ("removes", "removing"),
      "delegate": ("delegates", "delegating"), "revoke": ("revokes", "revoking"),
      "deny": ("denies", "denying"), "approve": ("approves", "approving"),
    ]
    let regular = [
      "ask", "renew", "lift", "appeal", "withdraw", "return", "comment", "answer", "accept",
      "bind", "record", "confirm", "retract", "join", "hold", "surrender", "report",
    ]
    var verbs: [String: String] = [:]
    for (verb, forms) in irregular {
      verbs[forms.0] = verb
      verbs[forms.1] = verb
    }
    for verb in regular {
      verbs["\(verb)s"] = verb
      verbs["\(verb)ing"] = verb
    }
    return verbs
  }()
}

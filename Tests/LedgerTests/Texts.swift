import SluiceProof

import SluiceLedger

/// The policy and the roster of ``World``.
enum Texts {
  static let policy = """
    sluice: policy/1
    id: tiny
    version: 1
    title: Two people, gated weights
    roles: [managers, reviewers, stewards]
    tiers:
      code: {kind: code}
      weights: {kind: weights}
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name, type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000}
    gates:
      announce:
        require:
          - approve: {role: managers}
      pair:
        require:
          - approve: {role: managers}
          - approve: {role: reviewers}
      requester:
        require:
          - answer: request
          - accept: use
          - gate: pair
        due: P7D
        lapse: P60D
        reapply: P30D
    stages:
      public: {offers: [code], opens: announce, admits: everyone}
      gated: {offers: [weights], opens: pair, admits: requester, lasts: P365D}
    governance: {stewards: stewards, amend: pair, lift: pair, appeal: pair}

    """

  /// The roster, in which somebody may manage besides ana.
  static func roster(for ledger: Ledger, with other: String? = nil) throws -> String {
    let names = ["ana", "ben", "hal"] + [other].compactMap { $0 }
    let people = try names.map { name in
      "  person:\(name): {keys: [\"\(try World.key(name).publicKey.line)\"]}\n"
    }
    return """
      sluice: roster/1
      id: tiny
      version: 1
      principals:
      \(people.joined())  service:clerk: {keys: ["\(ledger.keys.clerk.publicKey.line)"]}
      roles:
        managers: [\(other.map { "person:\($0), " } ?? "")person:ana, service:clerk]
        reviewers: [person:ben]
        stewards: [person:hal]

      """
  }
}

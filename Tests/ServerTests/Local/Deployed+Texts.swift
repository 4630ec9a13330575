import SluiceProof

extension Deployed {
  /// The rules of a deployment, and who has a token in it.
  struct Texts {
    let policy: String
    let roster: String
    /// NAMEs, the clerk's among them if the clerk is to read over HTTP.
    let readers: [String]

    /// Three people, gated weights.
    static var tiny: Texts {
      get throws {
        Texts(policy: Deployed.policy, roster: try Deployed.roster, readers: ["bob", "eve", "ida"])
      }
    }
  }

  static let policy = """
    sluice: policy/1
    id: tiny
    version: 1
    title: Three people, gated weights
    roles: [managers, reviewers, stewards, publishers]
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
      pair:
        require:
          - approve: {role: managers}
          - approve: {role: reviewers}
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: managers, count: 2}
          - approve: {role: reviewers}
        due: P7D
        lapse: P60D
        reapply: P30D
    stages:
      public: {offers: [code], opens: pair, admits: everyone}
      gated: {offers: [weights], opens: pair, admits: requester, lasts: P365D}
    governance: {stewards: stewards, amend: pair, lift: pair, appeal: pair}

    """

  static var roster: String {
    get throws {
      """
      sluice: roster/1
      id: tiny
      version: 1
      principals:
        person:ana: {keys: ["\(try key("ana").publicKey.line)"]}
        person:cho: {keys: ["\(try key("cho").publicKey.line)"]}
        person:ben: {keys: ["\(try key("ben").publicKey.line)"]}
        person:hal: {keys: ["\(try key("hal").publicKey.line)"]}
        person:pia: {keys: ["\(try key("pia").publicKey.line)"]}
      roles:
        managers: [person:ana, person:cho]
        reviewers: [person:ben]
        stewards: [person:hal]
        publishers: [person:pia]

      """
    }
  }
}

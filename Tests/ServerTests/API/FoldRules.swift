import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// The rules of the folded release: a policy that uses everything that statements can be about.
enum FoldRules {
  static let policyText = """
    sluice: policy/1
    id: full
    version: 1
    title: Everything there is
    roles: [board, outreach, stewards]
    tiers:
      code:    {kind: code}
      weights: {kind: weights}
      query:   {kind: service}
      raw:     {kind: data}
    sealed:
      raw: It is not ours to give.
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: purpose, type: text, max: 2000}
      findings:
        - {id: found, type: text}
    groups:
      press: {managers: outreach, describe: [sector, region], sectors: [press, academia]}
    gates:
      ship:
        require:
          - approve: {role: board}
      admit:
        require:
          - answer: request
          - accept: use
          - any:
              - approve: {role: board, count: 2}
              - member: press
        due: P5D
        lapse: P60D
        reapply: P7D
      again:
        require:
          - accept: use
          - approve: {role: board, signature: session}
      look-back:
        require:
          - approve: {role: stewards}
        recuse: [deciders]
      second:
        require:
          - approve: {role: outreach}
    stages:
      public: {offers: [code], opens: ship, admits: everyone}
      gated:
        offers: [weights, query]
        opens: ship
        admits: admit
        lasts: P30D
        renews: {gate: again, window: P10D, grace: P5D}
        owes:
          - {answer: findings, within: P10D, then: hold}
    governance:
      stewards: stewards
      amend: ship
      lift: second
      appeal: second
      emergency: {gate: ship, lasts: PT24H, review: look-back, within: P3D}
    """

  static let rosterText = """
    sluice: roster/1
    id: full
    version: 1
    principals:
      person:ana: {keys: ["\(key("A"))"], organisation: "org:lab"}
      person:ben: {keys: ["\(key("B"))"]}
      person:cho: {keys: ["\(key("C"))"]}
      person:dee: {keys: ["\(key("D"))"]}
      person:eli: {keys: ["\(key("E"))"]}
      service:clerk: {keys: ["\(key("F"))"]}
    roles:
      board: [person:ana, person:ben, person:cho, service:clerk]
      outreach: [person:dee]
      stewards: [person:eli, person:dee]
    """

  static let terms = Array("Do no harm.".utf8)

  static func policy() throws -> Policy { try Policy(text: policyText) }

  static func roster() throws -> Roster { try Roster(text: rosterText) }

  /// Version 2, which begins open cases anew.
  static func next() throws -> Policy {
    let digest = try policy().digest
    return try Policy(
      text: policyText.replacing(
        "version: 1",
        with: "version: 2\nprevious: \(digest)\non-adoption: {open-cases: restart, grants: keep}"
      )
    )
  }

  private static func key(_ letter: Character) -> String {
    let zeros = String(repeating: "A", count: 42)
    return "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\(zeros)\(letter)"
  }
}

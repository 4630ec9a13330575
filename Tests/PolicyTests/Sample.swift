import SluiceEncoding

/// A small policy and its roster, in which each test breaks one thing.
enum Sample {
  static let policy = """
    sluice: policy/1
    id: sample
    version: 1
    title: A sample
    roles: [editors, stewards]
    tiers:
      paper: {kind: paper}
      weights: {kind: weights}
    terms:
      use: {file: terms/use.md}
    forms:
      ask:
        - {id: purpose, type: text, max: 200}
    gates:
      publish:
        require:
          - approve: {role: editors}
      reader:
        require:
          - answer: ask
          - accept: use
          - any:
              - approve: {role: editors, count: 2}
              - [approve: {role: stewards}, approve: {role: editors, veto: none}]
        due: P7D
    stages:
      first: {offers: [paper], opens: publish, admits: everyone}
      second: {offers: [weights], opens: publish, admits: reader, lasts: P30D}
    governance:
      stewards: stewards
      amend: publish
      lift: publish
      appeal: publish
    """

  static let roster = """
    sluice: roster/1
    id: sample
    version: 1
    principals:
      person:ana:
        keys: [\(key(1))]
        organisation: org:institute
        shown: Ana A.
      person:ben: {keys: [\(key(2))]}
      person:cho: {keys: [\(key(3)), \(key(4))]}
      person:hal: {keys: [\(key(5))]}
      service:clerk: {keys: []}
    roles:
      editors: [person:ana, person:ben, person:cho]
      stewards: [person:hal, service:clerk]
    """

  /// A public key line like any other; nobody has its private half.
  static func key(_ number: UInt8) -> String {
    let kind = Array("ssh-ed25519".utf8)
    let blob = [0, 0, 0, 11] + kind + [0, 0, 0, 32] + [UInt8](repeating: number, count: 32)
    return "ssh-ed25519 \(Base64.encode(blob))"
  }
}

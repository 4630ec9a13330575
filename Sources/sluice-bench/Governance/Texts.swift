import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// The policy, the roster and the people of every generated release.
enum Texts {
  static let managers = (1...10).map { "person:manager-\($0)" }
  static let reviewers = (1...10).map { "person:reviewer-\($0)" }
  static let stewards = (1...3).map { "person:steward-\($0)" }
  static let terms = Array("Be kind.\n".utf8)
  static let policy = """
    sluice: policy/1
    id: bench
    version: 1
    title: A generated release
    roles: [managers, reviewers, stewards]
    tiers:
      code: {kind: code}
      preview: {kind: paper}
      weights: {kind: weights}
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: purpose, type: text, max: 2000}
    groups:
      partners: {managers: managers, describe: [sector], sectors: [academia, press]}
    gates:
      announce:
        require:
          - approve: {role: managers}
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: managers}
        due: P30D
        lapse: P365D
      partner:
        require:
          - accept: use
          - approve: {role: reviewers}
    stages:
      public: {offers: [code], opens: announce, admits: everyone}
      invited: {offers: [preview], opens: announce, admits: partner}
      gated: {offers: [weights], opens: announce, admits: requester, lasts: P1095D}
    governance: {stewards: stewards, amend: announce, lift: announce, appeal: announce}

    """

  static func roster(clerk: PublicKey) throws -> String {
    let people = try (managers + reviewers + stewards).map { name in
      "  \(name): {keys: [\"\(try key(of: Principal.ID(name)).publicKey.line)\"]}\n"
    }
    return """
      sluice: roster/1
      id: bench
      version: 1
      principals:
      \(people.joined())  service:clerk: {keys: ["\(clerk.line)"]}
      roles:
        managers: [\(managers.joined(separator: ", ")), service:clerk]
        reviewers: [\(reviewers.joined(separator: ", "))]
        stewards: [\(stewards.joined(separator: ", "))]

      """
  }

  /// The key of somebody who is in the roster.
  static func key(of principal: Principal.ID) throws -> Ed25519Signer {
    try Ed25519Signer(seed: SHA256Digest(of: Array("key of \(principal)".utf8)).bytes)
  }

  /// The files of a tier: path and content, which is small, because nobody reads it here.
  static func files(of tier: Tier.ID, in release: Release.ID) -> [(path: String, bytes: [UInt8])] {
    let paths =
      switch tier {
      case "code": ["README.md", "config.json", "modeling.py"]
      case "preview": ["paper.pdf"]
      default:
        ["config.json", "tokenizer.json", "model.safetensors.index.json"]
          + (1...5).map { "model-0000\($0)-of-00005.safetensors" }
      }
    return paths.map { path in
      var lottery = Lottery(seed: UInt64(path.utf8.count))
      let name = Array("\(release) \(tier) \(path)\n".utf8)
      return (path, name + (0..<4_096).map { _ in UInt8(truncatingIfNeeded: lottery.next()) })
    }
  }
}

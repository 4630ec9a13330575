import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Town {
  /// Every kind of requirement that leaves a trace, and an emergency.
  static let policy = """
    sluice: policy/1
    id: town
    version: 1
    title: A town
    roles: [board, safety, hosts, stewards]
    tiers:
      paper: {kind: paper}
      weights: {kind: weights}
      secret: {kind: data}
    sealed:
      secret: It is not ours to give.
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name, type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000}
      findings:
        - {id: found, type: text, max: 2000}
    groups:
      readers:
        managers: hosts
        describe: [sector, region]
        sectors: [press, academia]
    gates:
      publish:
        require:
          - approve: {role: board, count: 2, veto: none}
          - approve: {role: safety}
        due: P7D
        lapse: P300D
      patient:
        require:
          - approve: {role: board}
          - wait: P2D
      requester:
        require:
          - answer: request
          - accept: use
          - approve: {role: board}
        due: P7D
        lapse: P60D
      reader:
        require:
          - accept: use
          - approve: {role: safety}
      again:
        require:
          - accept: use
          - approve: {role: safety}
      urgent:
        require:
          - approve: {role: board}
      look:
        require:
          - approve: {role: board}
        recuse: [deciders]
    stages:
      public: {offers: [paper], opens: publish, admits: everyone}
      gated:
        offers: [weights]
        opens: publish
        admits: requester
        lasts: P30D
        renews: {gate: again, window: P10D, grace: P5D}
        owes:
          - {answer: findings, within: P10D, then: hold}
      preview: {offers: [paper], opens: publish, admits: reader, lasts: P21D}
      later: {offers: [paper], opens: publish, admits: requester}
      slow: {offers: [paper], opens: patient, admits: requester}
    governance:
      stewards: stewards
      amend: publish
      lift: publish
      appeal: publish
      emergency: {gate: urgent, lasts: PT24H, review: look, within: P3D}

    """

  /// Who holds which role; ben is shown under another name, and hal leaves with version 2.
  static func roster(version: Int = 1, for ledger: Ledger, after previous: Roster? = nil) throws
    -> String
  {
    let shown = ["ben": "Reviewer 7"]
    let names = ["ana", "ben", "cho", "dee", "fay", "ida"] + (version == 1 ? ["hal"] : [])
    let people = try names.map { name in
      let title = shown[name].map { ", shown: \($0)" } ?? ""
      return "  person:\(name): {keys: [\"\(try key(name).publicKey.line)\"]\(title)}\n"
    }
    let link = previous.map { "previous: \($0.digest.hex)\n" } ?? ""
    return """
      sluice: roster/1
      id: town
      version: \(version)
      \(link)principals:
      \(people.joined())  service:clerk: {keys: ["\(ledger.keys.clerk.publicKey.line)"]}
      roles:
        board: [person:ana, person:ben, person:cho, service:clerk]
        safety: [person:dee]
        hosts: [person:fay]
        stewards: [\(version == 1 ? "person:hal, " : "")person:ida]

      """
  }
}

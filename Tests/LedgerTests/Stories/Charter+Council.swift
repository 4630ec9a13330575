import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Charter {
  /// Two people in each role that decides, and stages for all that can happen: ana and cleo manage,
  /// ben and dan review, hal and ida are stewards, fay keeps the group of readers.
  static let council = Charter(policy: councilPolicy) { ledger in try councilRoster(for: ledger) }

  private static let councilPolicy = """
    sluice: policy/1
    id: tiny
    version: 1
    title: A council, and all that it decides
    roles: [managers, reviewers, stewards, outreach]
    tiers:
      code: {kind: code}
      weights: {kind: weights}
      query: {kind: service}
    terms:
      use: {file: terms/use.md}
    forms:
      request:
        - {id: name, type: text, max: 200, private: true}
        - {id: purpose, type: text, max: 2000}
      findings:
        - {id: found, type: text, max: 2000}
    groups:
      readers: {managers: outreach, describe: [sector], sectors: [press, academia]}
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
      reader:
        require:
          - member: readers
          - accept: use
      club:
        require:
          - accept: use
          - approve: {role: managers}
      vouched:
        require:
          - credential: {type: affiliation, from: ["issuer:registrar"], where: [verified = true]}
          - wait: P2D
      light:
        require:
          - approve: {role: managers, signature: session}
        due: P7D
      measured:
        require:
          - approve: {role: managers}
          - evidence: {kind: detectability, where: [accuracy >= 0.90], max-age: P30D, confirm: reviewers}
      freed:
        require:
          - approve: {role: managers}
          - any:
              - after: "2019-06-01T00:00:00Z"
              - evidence: {kind: embargo-breach}
      follows:
        require:
          - approve: {role: managers}
          - after: {stage: proven}
      again:
        require:
          - approve: {role: reviewers}
      unblock:
        require:
          - approve: {role: stewards}
      look-back:
        require:
          - approve: {role: reviewers}
        recuse: [deciders]
    stages:
      public: {offers: [code], opens: announce, admits: everyone}
      gated:
        offers: [weights]
        opens: pair
        admits: requester
        lasts: P30D
        renews: {gate: again, window: P10D, grace: P5D}
        owes:
          - {accept: use, within: P3D, then: note}
          - {answer: findings, within: P7D, then: hold}
      early: {offers: [weights], opens: announce, admits: reader, lasts: P21D}
      club: {offers: [weights], opens: announce, admits: club, lasts: P21D}
      desk: {offers: [query], opens: announce, admits: vouched, lasts: P21D}
      easy: {offers: [query], opens: announce, admits: light}
      proven: {offers: [weights], opens: measured, admits: requester}
      freed: {offers: [weights], opens: freed, admits: everyone}
      later: {offers: [code], opens: follows, admits: everyone}
    governance:
      stewards: stewards
      amend: pair
      lift: unblock
      appeal: pair
      emergency: {gate: announce, lasts: PT24H, review: look-back, within: P3D}

    """

  /// The roster, of which some lines can be others.
  static func councilRoster(
    for ledger: Ledger,
    version: String = "version: 1",
    keys: [String: String] = [:],
    managers: String = "person:ana, person:cleo"
  ) throws -> String {
    let names = ["ana", "ben", "cleo", "dan", "fay", "hal", "ida"] + keys.keys.sorted()
    let people = try Set(names).sorted().map { name in
      let key = try keys[name] ?? World.key(name).publicKey.line
      return "  person:\(name): {keys: [\"\(key)\"]}\n"
    }
    return """
      sluice: roster/1
      id: tiny
      \(version)
      principals:
      \(people.joined())  service:clerk: {keys: ["\(ledger.keys.clerk.publicKey.line)"]}
      roles:
        managers: [\(managers), service:clerk]
        reviewers: [person:ben, person:dan]
        stewards: [person:hal, person:ida]
        outreach: [person:fay]

      """
  }
}

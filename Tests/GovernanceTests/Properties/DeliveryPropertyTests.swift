import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 17: nothing is handed out while the delivery rule is false, nor kept while it is
/// true.
@Suite("Whatever was granted, held and ended, a delivery")
struct DeliveryPropertyTests {
  @Test(arguments: Luck.seeds(100, of: 20))
  func `is let go by exactly the grant that the rule names`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    var yarn = Yarn(random)
    for _ in 0..<6 { yarn.issueAny(&luck) }
    for _ in 0..<20 {
      yarn.now = yarn.now + Duration(seconds: luck.pick([0, 1, 3_599, 43_200, 86_400]))
      yarn.moveDeliveries(&luck)
      Self.ask(yarn, &luck, "SLUICE_SEED=\(seed)")
    }
  }

  /// Asks for something now, or at a second at which something begins or ends, or one before it.
  private static func ask(_ yarn: Yarn, _ luck: inout Luck, _ seed: String) {
    let release = yarn.release
    let grants = release.grants.values.sorted { $0.index < $1.index }
    let turns =
      (grants.flatMap { [$0.terms.notBefore, $0.terms.notAfter].compactMap { $0 } }
      + release.holds.compactMap(\.until))
      .flatMap { [$0, Instant(seconds: $0.seconds - 1)] }.filter { $0 > yarn.now }
    let at = turns.isEmpty || luck.once(in: 3) ? yarn.now : luck.pick(turns.sorted())
    let person: Principal.ID? = luck.once(in: 8) ? nil : luck.pick(Yarn.people)
    let key = luck.once(in: 3) ? nil : person.map { "SHA256:\($0.name)" }
    let manifests = grants.flatMap { $0.terms.tiers.values }.sorted()
    let manifest = luck.once(in: 12) ? Yarn.bytes("other") : luck.pick(manifests)
    let named = luck.once(in: 4) ? luck.pick(grants).id : nil

    let rule = PlainRule(entries: yarn.entries, roster: yarn.roster)
    let expected = rule.served(person, key: key, manifest, naming: named, at: at)
    let found = try? DeliveryRule.grant(
      among: grants.shuffled(using: &luck),
      for: release.asker(person, key: key),
      manifest: manifest,
      named: named,
      holds: release.holds,
      at: at
    )
    #expect(
      found?.id == expected,
      "\(seed) after \(yarn.entries.count): \(person?.rawValue ?? "-") at \(at) \(yarn.roster.text)"
    )
  }

  /// Chance tells of each way in which the rule can be true or false, so none goes untried.
  @Test func `is both let go and kept, in each way`() throws {
    var seen: Set<String> = []
    for seed in UInt64(1)...60 {
      var luck = Luck(seed: seed)
      var yarn = Yarn(try RandomPolicy(&luck))
      for _ in 0..<40 {
        yarn.now = yarn.now + Duration(seconds: luck.pick([0, 1, 43_200]))
        yarn.moveDeliveries(&luck)
        for grant in yarn.release.grants.values {
          guard let manifest = grant.terms.tiers.values.first else { continue }
          for person in Yarn.people {
            let asker = yarn.release.asker(person, key: "SHA256:\(person.name)")
            do throws(Refusal) {
              let found = try DeliveryRule.grant(
                among: [grant],
                for: asker,
                manifest: manifest,
                named: nil,
                holds: yarn.release.holds,
                at: yarn.now
              )
              seen.insert("\(found.terms.audience)".prefix { $0 != "(" }.description)
            } catch { seen.insert(error.code) }
          }
        }
      }
    }
    #expect(
      seen == [
        "everyone", "principal", "group", "grant.none", "grant.pending", "grant.grace",
        "grant.expired", "grant.revoked", "held", "terms.unaccepted",
      ]
    )
  }
}

import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// What errands name by digest: what there is of it in a deployment, else digits that name nothing.
struct Matter: Sendable {
  /// The roster, which names persons.
  let roster: SHA256Digest
  /// The hold on mia.
  let hold: String
  /// The report of a leak.
  let evidence: String
  /// A grant; of a person, if there is one.
  let grant: String
  /// The index of the log's last entry, which is sealed once something was said of a release.
  let entry: Int

  /// Looks around as the operator does.
  init(of deployed: Deployed) async throws {
    let clerk = deployed.ledger.keys.clerk.publicKey
    roster = try Roster(text: Town.roster(clerk: clerk)).digest
    let deployment = try await deployed.local(nil)
    let holds = try await deployment.holds(HoldFilter(subject: .principal("person:mia")))
    let evidence = try await deployment.evidence(EvidenceFilter())
    let grants = try await deployment.grants(GrantFilter())
    let nothing = SHA256Digest(of: Array("nothing".utf8)).hex
    let checkpoint = try await deployed.ledger.checkpoint(at: deployed.now)
    entry = (Int(checkpoint.split(separator: "\n")[1]) ?? 0) - 1
    hold = holds.first?.id.rawValue ?? nothing
    self.evidence = evidence.first { $0.isReport }?.id.rawValue ?? nothing
    grant =
      (grants.last { $0.audience != .everyone } ?? grants.first)?.id.rawValue ?? nothing
  }
}

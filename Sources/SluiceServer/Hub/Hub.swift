internal import HTTPTypes
internal import Hummingbird
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
package import SluiceLedger

/// What the routes of the Hub protocol share.
package struct Hub: Sendable {
  let deployment: LocalDeployment
  let log: DeliveryLog
  let repositories: Repositories
  let address: PublicAddress

  /// Speaks for `deployment`; refusals are recorded in `log`.
  package init(_ deployment: LocalDeployment, log: DeliveryLog, address: PublicAddress) {
    self.deployment = deployment
    self.log = log
    self.address = address
    repositories = Repositories(deployment.ledger)
  }

  /// The repository that the path names, if it exists for whoever asks.
  ///
  /// - Throws: `Refusal.unknownRelease`, the same whether there is none or none that the asker may
  ///   know of; `badToken` where the token may be why.
  func repository(_ context: SluiceContext) async throws -> Repository {
    let unknown: (Release.ID) -> Refusal = { id in
      context.credential == .unknown ? .badToken : .unknownRelease(id)
    }
    let id: Release.ID
    do { id = try context.release() } catch {
      throw unknown(Identifier("\(try context.segment("owner"))/\(try context.segment("name"))"))
    }
    do {
      let repository = try await repositories.repository(id)
      if !repository.isPublic { _ = try await deployment.acting(as: context.reader).seat(in: id) }
      guard let principal = context.reader.principal else { return repository }
      return try await repositories.repository(repository, for: principal)
    } catch Refusal.unknownRelease { throw unknown(id) }
  }

  /// What `revision` names in it.
  ///
  /// - Throws: ``HubFault/noRevision(_:in:)``; `Refusal.tierSealed` for a tier that is never offered.
  func commit(_ revision: String, of repository: Repository) throws -> Repository.Commit {
    if let commit = repository.commit(revision) { return commit }
    guard let rationale = repository.sealed[Tier.ID(revision)] else {
      throw HubFault.noRevision(revision, in: repository.id)
    }
    throw Refusal.tierSealed(Tier.ID(revision), rationale: rationale)
  }

  /// Does what may be refused; a refusal then says which tier it is about, and on which part of the
  /// policy it rests, as far as the reader may see it.
  func naming<Value>(
    _ tier: Tier.ID,
    of release: Release.ID,
    as reader: LocalDeployment.Reader,
    _ act: () async throws -> Value
  ) async throws -> Value {
    do { return try await act() } catch let refusal as Refusal {
      throw try await deployment.acting(as: reader)
        .explained(refusal, on: Ground(tiers: [tier]), in: release)
    }
  }

  /// What asking for a file amounts to.
  func query(
    _ file: RepositoryFile,
    of release: Release.ID,
    _ request: Request,
    _ context: SluiceContext
  ) -> DeliveryQuery {
    var credential = ""
    if case .token(_, let id) = context.credential { credential = "token:\(id)" }
    return DeliveryQuery(
      release: release,
      tier: file.tier,
      path: file.path,
      sha256: file.sha256,
      principal: context.reader.principal,
      credential: credential,
      named: request.headers[.grant].map { Identifier($0) },
      peer: context.channel.remoteAddress?.ipAddress ?? "",
      agent: request.headers[.userAgent] ?? ""
    )
  }
}

/// How the outside reaches this server, for addresses in answers.
package struct PublicAddress: Hashable, Sendable {
  private let fixed: String?
  private let scheme: String

  /// `url` is the address that the operator gave; without it, requests say what they called us.
  package init(url: String?, isEncrypted: Bool) {
    fixed = url.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    scheme = isEncrypted ? "https" : "http"
  }

  /// The address without a final slash, as the daemon itself knows it: what a request calls it is not
  /// to stand in a mail to somebody else.
  func base(for context: SluiceContext) -> String {
    if let fixed { return fixed }
    guard let local = context.channel.localAddress, let name = local.ipAddress else {
      return "\(scheme)://localhost"
    }
    let host = name.contains(":") ? "[\(name)]" : name
    return "\(scheme)://\(host)" + (local.port.map { ":\($0)" } ?? "")
  }

  /// The address without a final slash, as whoever sent `request` knows it.
  func base(for request: Request) -> String {
    fixed ?? "\(scheme)://\(request.head.authority ?? "localhost")"
  }
}

extension HTTPField.Name {
  /// The grant that a client insists on.
  static let grant = known("X-Sluice-Grant")
  /// The delivery that an answer belongs to.
  static let delivery = known("X-Sluice-Delivery")
  /// The commit that an answer is of.
  static let commit = known("X-Repo-Commit")
  /// What kind of refusal it is, for Hub clients.
  static let errorCode = known("X-Error-Code")
  /// The refusal in words, for Hub clients.
  static let errorMessage = known("X-Error-Message")
  /// The digest of the whole file (RFC 9530).
  static let reprDigest = known("Repr-Digest")
  /// The next page (RFC 8288).
  static let link = known("Link")
}

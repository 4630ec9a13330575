internal import HTTPTypes
package import Hummingbird
internal import NIOCore
internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger
internal import SluiceProof

/// The files themselves (hub-protocol 3, serving-and-storage 4).
///
/// | method | path                             | answer                                  |
/// |--------|----------------------------------|-----------------------------------------|
/// | HEAD   | `/OWNER/NAME/resolve/REV/PATH`   | what GET would say, without a delivery  |
/// | GET    | the same                         | 200, 206, 304, 412, 416                 |
///
/// Who asks must be cleared before conditions and range are looked at: a 304, a 412 or a 416 tells
/// something of the bytes.
package struct ResolveRoutes: Sendable {
  private let hub: Hub
  private let deliverer: Deliverer

  /// Serves what `hub` speaks for; bytes go by `deliverer`.
  package init(_ hub: Hub, deliverer: Deliverer) {
    self.hub = hub
    self.deliverer = deliverer
  }

  /// Adds the routes of the table above.
  package func add(to router: some RouterMethods<SluiceContext>) {
    let files = router.group(":owner/:name/resolve/:revision")
      .add(middleware: HubAnswers(address: hub.address))
    files.head("**", use: file)
    files.get("**", use: file)
  }

  private func file(_ request: Request, _ context: SluiceContext) async throws -> Response {
    let repository = try await hub.repository(context)
    let commit = try hub.commit(try context.segment("revision"), of: repository)
    let path = try context.rest()
    guard let file = commit.file(at: path) else { throw HubFault.noEntry(path, commit: commit.id) }
    let now = hub.deployment.clock()
    let query = hub.query(
      file.isBundle ? try neighbour(of: file, in: repository) : file,
      of: repository.id,
      request,
      context
    )
    let cleared = try await hub.naming(file.tier, of: repository.id, as: context.reader) {
      try await hub.log.clear(query, at: now)
    }

    let shown = Representation(
      tag: EntityTag(file.sha256.hex),
      modified: commit.at,
      size: file.size
    )
    var response: Response
    switch shown.answer(for: request.method, request.headers, at: now) {
    case .failed: throw HubFault.preconditionFailed
    case .unmodified:
      response = Response(status: .notModified)
      response.headers[.contentLength] = nil
    case .bytes(.unsatisfiable):
      response = Response(status: .rangeNotSatisfiable)
      response.headers[.contentRange] = ByteRange.unsatisfiable.contentRange(of: file.size)
    case .bytes where request.method == .head:
      response = Response(status: .ok, headers: [.contentLength: String(file.size)])
    case .bytes(let asked):
      let range = asked.positions(in: file.size)
      response =
        file.isBundle
        ? try await bundle(file, range)
        : try await delivery(range, cleared, query, context)
      response.status = asked == .whole ? .ok : .partialContent
      response.headers[.contentRange] = asked.contentRange(of: file.size)
    }
    describe(file, shown, at: commit, in: &response)
    return response
  }

  private func delivery(
    _ range: Range<Int>,
    _ cleared: Admission,
    _ query: DeliveryQuery,
    _ context: SluiceContext
  ) async throws -> Response {
    let (body, admission) = try await hub.naming(query.tier, of: query.release, as: context.reader)
    {
      try await deliverer.deliver(range, of: cleared, for: query, on: context.channel)
    }
    var response = Response(status: .ok, body: body)
    response.headers[.delivery] = admission.index.map(String.init)
    response.headers[.requestID] = admission.index.map(String.init)
    return response
  }

  private func bundle(_ file: RepositoryFile, _ range: Range<Int>) async throws -> Response {
    guard let bundle = try await hub.deployment.ledger.bundle(of: file.manifest) else {
      throw Refusal.tierUnbound(file.tier)
    }
    return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: bundle.bytes[range])))
  }

  // The bundle is no file of the manifest that it signs: who may have a file that is in no other
  // tier may have it too.
  private func neighbour(
    of bundle: RepositoryFile,
    in repository: Repository
  ) throws -> RepositoryFile {
    let files = repository.commits.flatMap(\.files).filter { !$0.isBundle }
    let own = files.filter { $0.manifest == bundle.manifest }
    let others = Set(files.filter { $0.manifest != bundle.manifest }.map(\.sha256))
    guard let file = own.first(where: { !others.contains($0.sha256) }) ?? own.first else {
      throw Refusal.tierUnbound(bundle.tier)
    }
    return file
  }

  private func describe(
    _ file: RepositoryFile,
    _ shown: Representation,
    at commit: Repository.Commit,
    in response: inout Response
  ) {
    response.headers[.commit] = commit.id
    response.headers[.eTag] = shown.tag.text
    response.headers[.cacheControl] = "private, no-transform"
    response.headers[.vary] = "Authorization"
    guard response.status != .notModified else { return }
    response.headers[.acceptRanges] = "bytes"
    guard response.status != .rangeNotSatisfiable else { return }
    response.headers[.lastModified] = HTTPDate.text(shown.modified)
    response.headers[.reprDigest] = "sha-256=:\(Base64.encode(file.sha256.bytes)):"
    response.headers[.contentType] = "application/octet-stream"
    response.headers[.xContentTypeOptions] = "nosniff"
  }
}

extension ByteRange {
  /// The bytes that are sent of a file of `size` bytes.
  fileprivate func positions(in size: Int) -> Range<Int> {
    switch self {
    case .whole: 0..<size
    case .partial(let range): range
    case .unsatisfiable: 0..<0
    }
  }
}

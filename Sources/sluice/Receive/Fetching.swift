import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof

/// Fetches the files of one tier from a daemon.
///
/// A file is written below `.cache/sluice`, where no release has one, hashed as it comes, synced and
/// renamed only when size and digest are those that the release names; what is there is continued.
struct Fetching {
  let deployment: any Deployment
  let server: String
  let token: String?
  let release: Release.ID
  let tier: Tier.ID
  let folder: URL
  /// Whether files that no earlier download left may be replaced.
  let overwrites: Bool
  let progress: Progress

  /// What arrived is not what was announced, did not arrive, or has no place.
  struct Failure: Advised {
    let detail: String
    var next: [String] = []
  }

  /// Fetches every file and the bundle, `jobs` at a time.
  func fetch(_ files: [FileLine], jobs: Int) async throws {
    let whole = try wholeFiles(among: files)
    for path in [folder, parts] {
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    }
    var rest = files.filter { !whole.contains(Array($0.path.utf8)) }[...]
    await progress.find(files.reduce(0) { $0 + $1.size } - rest.reduce(0) { $0 + $1.size })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<jobs {
        guard let next = rest.popFirst() else { break }
        group.addTask { try await fetch(next) }
      }
      while try await group.next() != nil {
        guard let next = rest.popFirst() else { continue }
        group.addTask { try await fetch(next) }
      }
    }
    try await fetchBundle()
    leaveParts()
    await progress.end()
  }

  private func fetch(_ file: FileLine) async throws {
    let target = target(of: file.path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    let part = part(of: file)
    var writing = try PartFile(at: part)
    await progress.find(writing.size)
    if writing.size < file.size {
      try await receive(file, into: &writing)
    }
    let digest = try writing.finish()
    guard writing.size == file.size, digest == file.sha256 else {
      try FileManager.default.removeItem(at: part)
      throw Failure(
        detail: """
          \(file.path): \(writing.size) bytes with SHA-256 \(digest.hex) arrived, \
          \(file.size) bytes with \(file.sha256.hex) were announced; nothing was kept
          """
      )
    }
    guard rename(part.path(percentEncoded: false), target.path(percentEncoded: false)) == 0 else {
      throw Failure(detail: "\(target.typed): \(String(cString: strerror(errno)))")
    }
  }

  private func receive(_ file: FileLine, into part: inout PartFile) async throws {
    let answer = try await get(file.path, from: part.size)
    guard [200, 206].contains(answer.status.code) else { throw try await refusal(answer) }
    if answer.status.code == 200 { try part.restart() }
    var body = answer.body.makeAsyncIterator()
    while let buffer = try await next(of: file.path, in: &body) {
      try part.append(Array(buffer.readableBytesView))
      await progress.add(buffer.readableBytes)
      guard part.size <= file.size else {
        throw Failure(detail: "\(file.path): more bytes arrive than were announced")
      }
    }
  }

  /// The next bytes of a file; what cuts them off is told in words.
  private func next(
    of path: String,
    in body: inout HTTPClientResponse.Body.AsyncIterator
  ) async throws -> ByteBuffer? {
    do { return try await body.next() } catch {
      throw Failure(
        detail: "\(server) ended before \(path) was whole: \(HTTPTransport.clause(error))",
        next: ["Go on where it stopped: the same command"]
      )
    }
  }

  /// `model.sig`, which no manifest lists.
  private func fetchBundle() async throws {
    let answer = try await get("model.sig", from: 0)
    guard answer.status.code == 200 else { throw try await refusal(answer) }
    let body = try await answer.body.collect(upTo: 64 << 20)
    try Data(body.readableBytesView).write(
      to: folder.appending(path: "model.sig"),
      options: .atomic
    )
  }

  private func get(_ path: String, from offset: Int) async throws -> HTTPClientResponse {
    let escaped = path.split(separator: "/").map { part in
      part.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))
      )
        ?? String(part)
    }
    let root = server.hasSuffix("/") ? String(server.dropLast()) : server
    var request = HTTPClientRequest(
      url: "\(root)/\(release)/resolve/\(tier)/\(escaped.joined(separator: "/"))"
    )
    request.headers.add(name: "user-agent", value: "sluice/\(Version.text)")
    if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
    if offset > 0 { request.headers.add(name: "range", value: "bytes=\(offset)-") }
    do {
      return try await HTTPTransport.client.execute(request, deadline: .distantFuture)
    } catch {
      throw HTTPTransport.failure(error, reaching: server)
    }
  }

  /// Why bytes were refused, with its code; else the Hub's header, which every answer carries.
  private func refusal(_ answer: HTTPClientResponse) async throws -> Refused {
    if [401, 403].contains(answer.status.code) {
      let access = try await deployment.access(of: nil, to: release, tier: tier, at: nil)
      if let problem = access.problem { return Refused(problem: problem) }
    }
    let words = answer.headers.first(name: "x-error-message")
    return Refused(
      problem: Problem(
        code: "http.\(answer.status.code)",
        detail: words ?? "The server answered \(answer.status).",
        next: []
      )
    )
  }
}

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
/// A file is written beside its name as `.part`, hashed as it comes, synced and renamed only when
/// size and digest are those that the release names; a `.part` that is there is continued.
struct Fetching {
  let deployment: any Deployment
  let server: String
  let token: String?
  let release: Release.ID
  let tier: Tier.ID
  let folder: URL
  let progress: Progress

  /// What arrived is not what was announced, or did not arrive.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Fetches every file and the bundle, `jobs` at a time.
  func fetch(_ files: [FileLine], jobs: Int) async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await withThrowingTaskGroup(of: Void.self) { group in
      var rest = files[...]
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
    await progress.end()
  }

  private func fetch(_ file: FileLine) async throws {
    // A server's word is not trusted with where a file is written.
    try Manifest.check(path: file.path)
    let target = folder.appending(path: file.path, directoryHint: .notDirectory)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    let part = target.appendingPathExtension("part")
    if try await isHere(file, at: target) {
      await progress.find(file.size)
      return
    }
    var writing = try PartFile(at: part)
    await progress.find(writing.size)
    if writing.size < file.size {
      try await receive(file, into: &writing)
    }
    let digest = try writing.finish()
    guard writing.size == file.size, digest == file.sha256 else {
      try FileManager.default.removeItem(at: part)
      throw Failure(
        description: """
          \(file.path): \(writing.size) bytes with SHA-256 \(digest.hex) arrived, \
          \(file.size) bytes with \(file.sha256.hex) were announced; nothing was kept
          """
      )
    }
    guard rename(part.path(percentEncoded: false), target.path(percentEncoded: false)) == 0 else {
      throw Failure(description: "\(target.typed): \(String(cString: strerror(errno)))")
    }
  }

  /// Whether the whole file is there from an earlier time.
  private func isHere(_ file: FileLine, at target: URL) async throws -> Bool {
    let path = target.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else { return false }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    guard size?.intValue == file.size else { return false }
    var hashing = try PartFile(at: target)
    return try hashing.finish() == file.sha256
  }

  private func receive(_ file: FileLine, into part: inout PartFile) async throws {
    let answer = try await get(file.path, from: part.size)
    guard [200, 206].contains(answer.status.code) else { throw try await refusal(answer) }
    if answer.status.code == 200 { try part.restart() }
    for try await buffer in answer.body {
      try part.append(Array(buffer.readableBytesView))
      await progress.add(buffer.readableBytes)
      guard part.size <= file.size else {
        throw Failure(description: "\(file.path): more bytes arrive than were announced")
      }
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
    return try await HTTPTransport.client.execute(request, deadline: .distantFuture)
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

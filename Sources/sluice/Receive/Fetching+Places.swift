import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceWeights

/// Where files are written, and what must not be written over.
extension Fetching {
  /// What has arrived in part.
  var parts: URL { folder.appending(path: ".cache/sluice") }

  /// Where a file comes to lie.
  func target(of path: String) -> URL {
    folder.appending(path: path, directoryHint: .notDirectory)
  }

  /// Where a file is written until it is whole; only the same bytes of the same file go on there.
  func part(of file: FileLine) -> URL {
    let name = SHA256Digest(of: Array("\(file.sha256.hex) \(file.path)".utf8)).hex
    return parts.appending(path: name, directoryHint: .notDirectory)
  }

  /// Removes the folder of the parts, and the one around it, where nothing else is in them.
  func leaveParts() {
    rmdir(parts.typed)
    rmdir(parts.deletingLastPathComponent().typed)
  }

  /// The paths of the files that are there already, from an earlier time.
  ///
  /// - Throws: ``Failure`` where the server names what no release has, or where something would be
  ///   lost: a file that no download left, or the files of another tier without their signature.
  func wholeFiles(among files: [FileLine]) throws -> Set<[UInt8]> {
    for file in files { try check(file.path) }
    let (earlier, isForeign) = try earlierManifest()
    var foreign = isForeign ? [Manifest.bundlePath] : []
    var whole: Set<[UInt8]> = []
    for file in files where Files.exists(target(of: file.path)) {
      let digest = digest(of: file.path)
      if digest == file.sha256 {
        whole.insert(Array(file.path.utf8))
      } else if let listed = earlier?.resources.first(where: {
        $0.path.utf8.elementsEqual(file.path.utf8)
      }), listed.sha256 == digest {
        continue
      } else {
        foreign.append(file.path)
      }
    }
    guard !overwrites else { return whole }
    guard foreign.isEmpty else {
      throw Failure(
        detail: """
          \(folder.typed) holds files that no download of \(release) left: \
          \(foreign.joined(separator: ", ")); nothing was fetched
          """,
        next: [
          elsewhere, "Or replace them: \(Typed.current.adding("--overwrite").text)",
        ]
      )
    }
    if let earlier { try check(files, replacing: earlier) }
    return whole
  }

  /// Refuses a path that no release can have, whatever the server says.
  ///
  /// Written to, git's files could make git run what a server likes.
  private func check(_ path: String) throws {
    try Manifest.check(path: path)
    let plain = path.lowercased()
    let components = plain.split(separator: "/")
    guard !Manifest.isLeftOut(plain), components.first != ".cache", !components.contains(".git")
    else {
      throw Failure(
        detail: "\(server) offers a file \(path), which no release has; nothing was fetched",
        next: ["Tell who operates the server, and do not trust it meanwhile."]
      )
    }
  }

  /// What an earlier download of this release has left, by its bundle, and whether there is a bundle
  /// of something else.
  private func earlierManifest() throws -> (manifest: Manifest?, isForeign: Bool) {
    let file = target(of: Manifest.bundlePath)
    guard Files.exists(file) else { return (nil, false) }
    let bytes = try Files.bytes(at: file.typed)
    do throws(Malformed) {
      let manifest = try Manifest(statement: try ModelBundle(bytes: bytes).statement)
      let isOurs = manifest.binding?.release.utf8.elementsEqual(release.rawValue.utf8) ?? false
      return isOurs ? (manifest, false) : (nil, true)
    } catch {
      return (nil, true)
    }
  }

  /// Refuses to take the signature away from files that the new one does not cover.
  private func check(_ files: [FileLine], replacing earlier: Manifest) throws {
    let covered = Set(files.map { Array($0.path.utf8) })
    let left = earlier.resources.map(\.path).filter { path in
      !covered.contains(Array(path.utf8)) && Files.exists(target(of: path))
    }
    guard !left.isEmpty else { return }
    throw Failure(
      detail: """
        \(folder.typed) holds \(earlier.model), whose \(left.joined(separator: ", ")) the \
        signature of tier \(tier) does not cover; nothing was fetched
        """,
      next: [elsewhere]
    )
  }

  /// The same into a folder of its own.
  private var elsewhere: String {
    let other = Typed.current.with([("--to", "\(folder.typed)-\(tier)")]).text
    return "Write to another folder: \(other)"
  }

  /// The digest of what is at a path; `nil` where no file can be read there.
  private func digest(of path: String) -> SHA256Digest? {
    do { return try FileHash.sha256(of: target(of: path).typed).digest } catch { return nil }
  }
}

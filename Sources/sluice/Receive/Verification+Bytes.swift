import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceServer
import SluiceWeights

/// Level 1: the signature, every file that it lists, and no file beside them.
extension Verification {
  /// The line of level 1; it names every file that is not as it was registered.
  func bytes() async throws -> LevelReport {
    let bundle = folder.appending(path: Manifest.bundlePath)
    guard Files.exists(bundle) else {
      return LevelReport(level: 1, .notRun, "no \(Manifest.bundlePath)")
    }
    guard let key else {
      return LevelReport(level: 1, .notRun, "no public key; give one with --public-key or --server")
    }
    let manifest: Manifest
    do {
      manifest = try ModelBundle(bytes: try Files.bytes(at: bundle.typed)).verify(with: key)
    } catch let fault as ManifestFault {
      return LevelReport(level: 1, .different, "\(fault)")
    } catch let fault as Malformed {
      return LevelReport(level: 1, .different, "\(fault)")
    }
    let surprises = surprises(in: manifest)
    let differing = await differences(from: manifest)
    let faults = surprises + differing + (try uncovered(by: manifest))
    guard faults.isEmpty else {
      return LevelReport(level: 1, .different, faults.joined(separator: "; "))
    }
    let known = "manifest \(manifest.digest.hex.prefix(12))"
    return LevelReport(
      level: 1,
      .exact,
      "\(manifest.resources.count) files of \(manifest.model), \(known)"
    )
  }

  /// What the signature says otherwise than the reader does.
  private func surprises(in manifest: Manifest) -> [String] {
    let bound = manifest.binding
    let said = [
      ("release", expected.release?.rawValue, bound?.release),
      ("tier", expected.tier?.rawValue, bound?.tier),
    ]
    return said.compactMap { name, expected, found in
      guard let expected, !(found ?? "").utf8.elementsEqual(expected.utf8) else { return nil }
      return "the signature is for \(name) \(found ?? "(none)"), not \(expected)"
    }
  }

  private func differences(from manifest: Manifest) async -> [String] {
    let total = manifest.resources.reduce(0) { $0 + ($1.size ?? 0) }
    let progress = rendering.progress("verify", total: total)
    var faults: [String] = []
    var before = 0
    for resource in manifest.resources {
      let done = before
      let fault = difference(of: resource) { read in
        Task { await progress.reach(done + read, of: total) }
      }
      if let fault { faults.append(fault) }
      before += resource.size ?? 0
    }
    await progress.end()
    return faults
  }

  private func difference(
    of resource: Manifest.Resource,
    progress: (Int) -> Void
  ) -> String? {
    let file = folder.appending(path: resource.path)
    guard Files.exists(file) else { return "\(resource.path) is missing" }
    do {
      let found = try FileHash.sha256(of: file.typed, progress: progress)
      guard found.digest != resource.sha256 else { return nil }
      return
        "\(resource.path) has SHA-256 \(found.digest.hex), registered is \(resource.sha256.hex)"
    } catch {
      return "\(resource.path) cannot be read: \(Trouble.clause(error))"
    }
  }

  /// Files that could be loaded or run, and that nobody vouches for.
  private func uncovered(by manifest: Manifest) throws -> [String] {
    let listed = Set(manifest.resources.map { Array($0.path.utf8) })
    let others = try present().filter { !listed.contains(Array($0.utf8)) }
    guard !others.isEmpty else { return [] }
    let names = others.joined(separator: ", ")
    return ["not covered by the signature of \(manifest.model): \(names)"]
  }

  /// Every file and link that is there, but for what a download and git leave beside a tier.
  private func present() throws -> [String] {
    var files: [String] = []
    var folders = [""]
    while let parent = folders.popLast() {
      let place = folder.appending(path: parent).typed
      for name in try FileManager.default.contentsOfDirectory(atPath: place) {
        guard !parent.isEmpty || !Self.isBeside(name) else { continue }
        let path = parent.isEmpty ? name : "\(parent)/\(name)"
        let attributes = try FileManager.default.attributesOfItem(
          atPath: folder.appending(path: path).typed
        )
        if attributes[.type] as? FileAttributeType == .typeDirectory {
          folders.append(path)
        } else {
          files.append(path)
        }
      }
    }
    return files.sorted()
  }

  /// Whether something at the top belongs to git, to a download tool, or to the signature itself.
  private static func isBeside(_ name: String) -> Bool {
    name.hasPrefix(".git")
      || [".cache", Manifest.bundlePath, Selection.recordPath].contains(name)
  }
}

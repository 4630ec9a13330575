import Foundation
import SluiceGovernance

/// The scenarios that name a policy and are kept beside it, or in a folder beside it.
///
/// Such a file names the policy's file, which it finds beside itself or in the folder above.
struct ScenarioSearch {
  /// A scenario beside a policy.
  struct Found {
    /// The file, from the folder of the policy.
    let name: String
    let path: String
    let text: String
  }

  /// In the order of their names.
  private(set) var found: [Found] = []
  /// What was passed over and why, for people.
  private(set) var passed: [String] = []

  private let policy: URL

  /// Looks for the scenarios of the policy in a file.
  init(besides policy: String) {
    self.policy = Self.place(policy)
    let folder = Files.url(policy).deletingLastPathComponent()
    for name in names(in: folder, called: ".") {
      if Self.isFolder(folder.appending(path: name)) {
        for inner in names(in: folder.appending(path: name), called: name) {
          look(at: "\(name)/\(inner)", in: folder)
        }
      } else {
        look(at: name, in: folder)
      }
    }
    found.sort { $0.name < $1.name }
  }

  private mutating func look(at name: String, in folder: URL) {
    let file = folder.appending(path: name)
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"), Self.isFile(file) else { return }
    guard let bytes = try? Files.bytes(at: file.typed),
      let text = String(bytes: bytes, encoding: .utf8)
    else {
      passed.append("\(name) cannot be read as text; if it is a scenario, it was not played")
      return
    }
    guard let label = Scenario.Label(of: text) else { return }
    guard let named = label.policy else {
      // Whatever it is about: played, it says what is wrong with it.
      found.append(Found(name: name, path: file.typed, text: text))
      return
    }
    guard let meant = try? ScenarioFiles.policy(named, near: file.typed) else {
      passed.append("\(name) names \(named), which is not there; it was not played")
      return
    }
    guard Self.place(meant) == policy else { return }
    found.append(Found(name: name, path: file.typed, text: text))
  }

  private mutating func names(in folder: URL, called name: String) -> [String] {
    let path = folder.typed.isEmpty ? "." : folder.typed
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      passed.append("\(name) cannot be listed; a scenario in it was not played")
      return []
    }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Where a file really is.
  private static func place(_ path: String) -> URL {
    Files.url(path).absoluteURL.standardizedFileURL.resolvingSymlinksInPath()
  }

  private static func isFolder(_ url: URL) -> Bool { kind(of: url) == .typeDirectory }

  private static func isFile(_ url: URL) -> Bool { kind(of: url) == .typeRegular }

  /// What a path leads to; nothing is opened.
  private static func kind(of url: URL) -> FileAttributeType? {
    let path = url.resolvingSymlinksInPath().typed
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType
  }
}

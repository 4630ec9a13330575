package import SluiceEncoding

/// The listing of a directory at a commit: a pure function of both, because clients keep it.
package struct Tree: Sendable {
  /// A file or a directory in it.
  package struct Entry: Sendable {
    /// Its path.
    package let path: String
    /// What is said of it.
    package let members: JSONObject
  }

  /// The entries, by the bytes of their paths.
  package let entries: [Entry]

  /// Lists `directory`, which is empty for the top; `nil` if there is no such directory.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - directory: Which directory.
  ///   - isRecursive: Whether what lies deeper is listed too.
  ///   - isExpanded: Whether each entry says which commit it is of.
  package init?(
    of commit: Repository.Commit,
    in directory: String,
    isRecursive: Bool,
    isExpanded: Bool
  ) {
    let prefix = directory.isEmpty ? "" : directory + "/"
    let inside = commit.files.filter { $0.path.utf8.starts(with: prefix.utf8) }
    guard directory.isEmpty || !inside.isEmpty else { return nil }
    var directories: [String: [RepositoryFile]] = [:]
    var found: [Entry] = []
    for file in inside {
      let above = Self.directories(above: file.path, below: prefix)
      for path in isRecursive ? above : Array(above.prefix(1)) {
        directories[path, default: []].append(file)
      }
      guard isRecursive || above.isEmpty else { continue }
      found.append(Entry(path: file.path, members: file.entry))
    }
    for (path, files) in directories {
      found.append(Entry(path: path, members: Self.entry(of: path, files)))
    }
    if isExpanded {
      let last: JSONValue = [
        "date": .string(commit.at.description), "id": .string(commit.id),
        "title": .string(commit.title),
      ]
      found = found.map { entry in
        var members = entry.members
        members["lastCommit"] = last
        return Entry(path: entry.path, members: members)
      }
    }
    entries = found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The entries of some paths, files and directories, in the order in which they are named.
  ///
  /// The whole tree is listed once, however many paths there are, because anybody may ask.
  ///
  /// - Parameters:
  ///   - paths: What is meant; what is not there, and what is named again, is passed over.
  ///   - commit: The commit.
  ///   - isExpanded: Whether each entry says which commit it is of.
  /// - Returns: At most one entry for each path.
  /// - Throws: ``HubFault/tooManyPaths(limit:)``, before anything is listed.
  package static func entries(
    at paths: [String],
    of commit: Repository.Commit,
    isExpanded: Bool
  ) throws -> [Entry] {
    var named: Set<[UInt8]> = []
    let keys = paths.map { Array($0.utf8) }.filter { named.insert($0).inserted }
    guard keys.count <= mostPaths else { throw HubFault.tooManyPaths(limit: mostPaths) }
    let all = Tree(of: commit, in: "", isRecursive: true, isExpanded: isExpanded)?.entries ?? []
    let known = Dictionary(
      all.map { (Array($0.path.utf8), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return keys.compactMap { known[$0] }
  }

  /// How many paths one question may name: as many as a page of a listing has entries.
  package static let mostPaths = 1_000

  private static func directories(above path: String, below prefix: String) -> [String] {
    let bytes = path.utf8
    return bytes.indices.dropFirst(prefix.utf8.count)
      .filter { bytes[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
  }

  private static func entry(of directory: String, _ files: [RepositoryFile]) -> JSONObject {
    let lines = files.map { "\($0.path) \($0.sha256.hex)\n" }.joined()
    return [
      "oid": .string(String(SHA256Digest(of: lines.utf8).hex.prefix(40))),
      "path": .string(directory), "size": 0, "type": "directory",
    ]
  }
}

extension RepositoryFile {
  /// An entry of a tree.
  fileprivate var entry: JSONObject {
    var members: JSONObject = [
      "oid": .string(oid), "path": .string(path), "size": .integer(size), "type": "file",
    ]
    if let pointerSize {
      members["lfs"] = [
        "oid": .string(sha256.hex), "pointerSize": .integer(pointerSize), "size": .integer(size),
      ]
    }
    return members
  }
}

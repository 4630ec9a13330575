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

  /// The entry of one path, file or directory; `nil` if there is nothing.
  package static func entry(at path: String, of commit: Repository.Commit, isExpanded: Bool)
    -> Entry?
  {
    let all = Tree(of: commit, in: "", isRecursive: true, isExpanded: isExpanded)
    return all?.entries.first { $0.path.utf8.elementsEqual(path.utf8) }
  }

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

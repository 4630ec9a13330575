internal import SluiceEncoding
internal import SluiceGovernance

extension Repository {
  /// The repo object of hub-protocol 2, at a commit.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - blobs: Whether the files come with size and names.
  ///   - expand: The only members to show, besides `id`; all if empty.
  /// - Returns: The object.
  func json(at commit: Commit, blobs: Bool, expand: Set<String>) -> JSONValue {
    let stored = Set(commit.files).reduce(into: [:]) { $0[$1.sha256] = $1.size }
    let members: JSONObject = [
      "_id": .string(String(SHA256Digest(of: id.rawValue.utf8).hex.prefix(24))),
      "author": .string(id.rawValue.split(separator: "/").first.map(String.init) ?? ""),
      "cardData": [:],
      "createdAt": .string((commits.first ?? commit).at.description),
      "disabled": false,
      "downloads": 0,
      "gated": isGated ? "manual" : false,
      "id": .string(id.rawValue),
      "lastModified": .string(commit.at.description),
      "likes": 0,
      "modelId": .string(id.rawValue),
      "private": .bool(!isPublic),
      "sha": .string(commit.id),
      "siblings": .array(commit.files.map { $0.sibling(isFull: blobs) }),
      "tags": [],
      "usedStorage": .integer(stored.values.reduce(0, +)),
    ]
    guard !expand.isEmpty else { return .object(members) }
    return .object(
      JSONObject(members.members.filter { $0.name == "id" || expand.contains($0.name) })
    )
  }

  /// The branches; `pullRequests` is there only when it was asked for.
  func references(withPullRequests: Bool) -> JSONValue {
    var members: JSONObject = [
      "branches": .array(
        branches.map {
          [
            "name": .string($0.name), "ref": .string("refs/heads/\($0.name)"),
            "targetCommit": .string($0.commit),
          ]
        }
      ),
      "converts": [],
      "tags": [],
    ]
    if withPullRequests { members["pullRequests"] = [] }
    return .object(members)
  }
}

extension RepositoryFile {
  /// An entry of `siblings`; note that its digest is called otherwise than in a tree.
  func sibling(isFull: Bool) -> JSONValue {
    guard isFull else { return ["rfilename": .string(path)] }
    var members: JSONObject = [
      "blobId": .string(oid), "rfilename": .string(path), "size": .integer(size),
    ]
    if let pointerSize {
      members["lfs"] = [
        "pointerSize": .integer(pointerSize), "sha256": .string(sha256.hex), "size": .integer(size),
      ]
    }
    return .object(members)
  }
}

internal import SluiceEncoding

extension Policy {
  /// Whether this is the next version of what is in force (P016).
  ///
  /// - Parameter adopted: The policy in force; `nil` before version 1.
  /// - Returns: What does not continue it; empty if it may be adopted.
  public func check(adopted: Policy?) -> [PolicyFault] {
    places.continuity(
      of: (id: id, version: version, previous: previous),
      after: adopted.map { (id: $0.id, version: $0.version, digest: $0.digest) }
    )
  }

  /// Whether the texts that people agree to are there and are those that the policy names (P017).
  ///
  /// - Parameter files: The bytes of each file that could be read, by its name in the policy.
  /// - Returns: A fault for each text that is missing, not text or not the one named.
  public func check(files: [String: [UInt8]]) -> [PolicyFault] {
    terms.compactMap { terms in
      let path = "terms.\(terms.id).file"
      guard let bytes = files.first(where: { $0.key.utf8.elementsEqual(terms.file.utf8) })?.value
      else { return places.fault("P017", path, "no such file: \(terms.file)") }
      guard !bytes.isEmpty else { return places.fault("P017", path, "\(terms.file) is empty") }
      guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
        return places.fault("P017", path, "\(terms.file) is not text in UTF-8")
      }
      let digest = SHA256Digest(of: bytes)
      guard let wanted = terms.sha256, wanted != digest else { return nil }
      let message = "\(terms.file) has the digest \(digest)"
      return places.fault("P017", "terms.\(terms.id).sha256", message)
    }
  }
}

extension Roster {
  /// Whether this is the next version of what is in force (P016).
  ///
  /// - Parameter adopted: The roster in force; `nil` before version 1.
  /// - Returns: What does not continue it; empty if it may be adopted.
  public func check(adopted: Roster?) -> [PolicyFault] {
    places.continuity(
      of: (id: id, version: version, previous: previous),
      after: adopted.map { (id: $0.id, version: $0.version, digest: $0.digest) }
    )
  }
}

extension Places {
  fileprivate func continuity(
    of next: (id: String, version: Int, previous: SHA256Digest?),
    after adopted: (id: String, version: Int, digest: SHA256Digest)?
  ) -> [PolicyFault] {
    let version = (adopted?.version ?? 0) + 1
    var faults: [PolicyFault] = []
    if let adopted, adopted.id != next.id {
      faults.append(fault("P016", "id", "\(adopted.id) is in force; another id is another release"))
    }
    if next.version != version {
      let standing = adopted.map { "version \($0.version) is in force" } ?? "none is in force"
      faults.append(fault("P016", "version", "\(standing), so this must be version \(version)"))
    }
    if let adopted, next.previous != adopted.digest {
      let message = "must be the digest of version \(adopted.version): \(adopted.digest)"
      faults.append(fault("P016", "previous", message))
    }
    return faults.sorted
  }
}

public import SluiceEncoding

/// A file that shows one event to be in the log, to somebody who has only the log's key.
///
/// For a sealed entry it carries the salt, which is not authenticated by itself: event and salt
/// must make the entry. C2SP tlog-proof; signing-and-log 6.6.
public struct OfflineProof: Hashable, Sendable {
  /// Why the event is not shown.
  public enum Fault: Error, Hashable, Sendable {
    /// The event or the path cannot be what the proof says.
    case malformed(Malformed)
    /// The checkpoint does not hold.
    case note(NoteFault)
    /// The event, with the salt, is not at this index of the log.
    case notIncluded
  }

  /// What opens a sealed entry; none for a public one.
  public let salt: [UInt8]?
  /// The position of the entry, from 0.
  public let index: Int
  /// The sibling of the leaf first.
  public let hashes: [SHA256Digest]
  /// The checkpoint with all its signature lines.
  public let note: SignedNote

  private static let header = "c2sp.org/tlog-proof@v1"

  /// Puts a proof together.
  public init(salt: [UInt8]?, index: Int, hashes: [SHA256Digest], note: SignedNote) {
    self.salt = salt
    self.index = index
    self.hashes = hashes
    self.note = note
  }

  /// Reads the bytes of a `.tlog-proof` file; what was read is printed and compared.
  ///
  /// - Throws: `Malformed` for every spelling but the one that `bytes` writes.
  public init(bytes: [UInt8]) throws(Malformed) {
    let fault = Malformed("log proof", "must be as c2sp.org/tlog-proof@v1 says")
    var rest = bytes[...]
    var lines: [String] = []
    while let end = rest.firstIndex(of: 0x0a), end > rest.startIndex {
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[(end + 1)...]
    }
    note = try SignedNote(bytes: Array(rest.dropFirst()))

    var next = lines[...]
    guard next.popFirst() == Self.header else { throw fault }
    if let extra = next.first?.after("extra ") {
      salt = try Base64.decode(extra)
      next = next.dropFirst()
    } else {
      salt = nil
    }
    guard let index = next.popFirst()?.after("index ").flatMap({ Int($0) }), index >= 0 else {
      throw fault
    }
    self.index = index
    var hashes: [SHA256Digest] = []
    for line in next { hashes.append(try SHA256Digest(bytes: try Base64.decode(line))) }
    self.hashes = hashes
    guard self.bytes == bytes else { throw fault }
  }

  /// The content of the file.
  public var bytes: [UInt8] {
    let extra = salt.map { ["extra \(Base64.encode($0))"] } ?? []
    let lines = [Self.header] + extra + ["index \(index)"] + hashes.map { Base64.encode($0.bytes) }
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + note.bytes
  }

  /// The checkpoint of `log` under which `event` is in the log at `index`.
  public func verify(
    event: [UInt8],
    in log: LogVerifier
  ) throws(Fault) -> Checkpoint {
    let checkpoint: Checkpoint
    do { checkpoint = try log.verify(note) } catch { throw .note(error) }
    let entry: SealedEntry
    do { entry = try SealedEntry(event: event, salt: salt) } catch { throw .malformed(error) }
    let proof = InclusionProof(index: index, size: checkpoint.size, hashes: hashes)
    guard proof.proves(entry.leaf, in: checkpoint.root) else { throw .notIncluded }
    return checkpoint
  }
}

extension String {
  /// What follows `prefix`, if the text begins with it, by bytes.
  fileprivate func after(_ prefix: String) -> String? {
    guard utf8.starts(with: prefix.utf8) else { return nil }
    return String(Substring(utf8.dropFirst(prefix.utf8.count)))
  }
}

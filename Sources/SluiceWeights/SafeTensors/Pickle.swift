/// Recognises Python's pickle by content: it is a program, so it is never part of a release.
///
/// The "weights only" loaders are no boundary (CVE-2025-32434, CVE-2026-24747), so it is refused and
/// not looked into. What a file is called does not matter.
public enum Pickle {
  /// Whether `file` is a pickle, or a zip archive that holds one as `torch.save` writes it.
  public static func isPickle(_ file: MappedFile) -> Bool {
    file.withUnsafeBytes { isPickle($0) }
  }

  /// Whether these bytes, a whole file, are a pickle or a zip archive that holds one.
  public static func isPickle(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isPickle(bytes, depth: 0)
  }

  // An archive in an archive is followed a few levels down, where it is stored uncompressed.
  private static func isPickle(_ bytes: UnsafeRawBufferPointer, depth: Int) -> Bool {
    if begins(bytes) { return true }
    guard Zip.begins(bytes) else { return PickleProgram.isProgram(bytes) }
    return Zip.members(of: bytes).contains { member in
      if [".pkl", ".pickle"].contains(where: { member.name.hasSuffix($0) }) { return true }
      guard depth < 4, let stored = member.stored else { return false }
      return isPickle(UnsafeRawBufferPointer(rebasing: bytes[stored]), depth: depth + 1)
    }
  }

  /// Whether these bytes begin as a pickle of protocol 2 to 5 does.
  ///
  /// The two bytes of its first instruction are not enough: a safetensors header of 640, 896, 1152 or
  /// 1408 bytes begins with the same two. The third byte has to be an instruction as well, and in a
  /// header below 2.6 MB it is none.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) else { return false }
    return bytes.count == 2 || PickleProgram.operands[bytes[2]] != nil
  }
}

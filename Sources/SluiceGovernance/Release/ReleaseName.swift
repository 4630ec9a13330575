public import SluiceEncoding

extension Identifier where Subject == Release {
  /// Reads `OWNER/NAME` by the rules that Hub clients impose on repositories (hub-protocol 1).
  ///
  /// - Throws: `Malformed` unless there is exactly one slash, at most 96 characters of
  ///   `[A-Za-z0-9_.-]` besides it, no `--` or `..`, no part that begins or ends with `.` or `-`, and no
  ///   `.git` at the end.
  public init(parsing text: String) throws(Malformed) {
    let fault = Malformed("release", "\(text): must be OWNER/NAME of letters, digits, _ . -")
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 96 else { throw fault }
    for part in parts {
      let bytes = Array(part)
      guard let first = bytes.first, let last = bytes.last, !Self.edges.contains(first),
        !Self.edges.contains(last), bytes.allSatisfy(Self.isAllowed)
      else { throw fault }
      for (left, right) in zip(bytes, bytes.dropFirst()) where left == right {
        guard !Self.edges.contains(left) else { throw fault }
      }
    }
    guard !text.hasSuffix(".git") else { throw fault }
    self.init(text)
  }

  private static var edges: [UInt8] { Array(".-".utf8) }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: Array("_.-".utf8).contains(byte)
    }
  }
}

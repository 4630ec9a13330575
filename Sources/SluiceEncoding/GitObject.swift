internal import Crypto
internal import Foundation

/// The names that git gives to contents: SHA-1, in 40 lower-case hexadecimal digits.
///
/// Hub clients show them and compare them. Nothing is trusted on their account: what proves content
/// is ``SHA256Digest``.
public enum GitObject {
  /// The name of a file with this content.
  public static func blob(_ content: [UInt8]) -> String {
    var hasher = Insecure.SHA1()
    hasher.update(data: Data("blob \(content.count)\0".utf8))
    hasher.update(data: content)
    return Hex.encode(hasher.finalize())
  }

  /// The pointer that git-lfs keeps in the place of a large file (git-lfs specification, version 1).
  public static func pointer(to content: SHA256Digest, size: Int) -> [UInt8] {
    Array(
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(content.hex)\nsize \(size)\n".utf8
    )
  }
}

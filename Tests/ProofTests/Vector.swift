import Foundation
import SluiceEncoding
import SluiceProof

/// A file of `Vectors`, section by section.
struct Vector {
  private let sections: [String: String]

  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    var sections: [String: String] = [:]
    var current: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let match = line.wholeMatch(of: /-- (.+) --/) {
        current = String(match.1)
        sections[String(match.1)] = ""
      } else if let current {
        sections[current, default: ""] += line + "\n"
      }
    }
    self.sections = sections
  }

  struct Missing: Error { let section: String }

  /// A section with its newlines.
  func text(_ section: String) throws -> String {
    guard let text = sections[section] else { throw Missing(section: section) }
    return text
  }

  /// The bytes of a section with its newlines.
  func bytes(_ section: String) throws -> [UInt8] { Array(try text(section).utf8) }

  /// A section of one line, without its newline.
  func line(_ section: String) throws -> String { String(try text(section).dropLast()) }

  /// The lines of a section.
  func lines(_ section: String) throws -> [String] {
    try line(section).split(separator: "\n").map { String($0) }
  }

  /// A line of hexadecimal digits.
  func hex(_ section: String) throws -> [UInt8] { try Hex.decode(try line(section)) }

  /// Lines of digests in hexadecimal.
  func digests(_ section: String) throws -> [SHA256Digest] {
    try lines(section).map { try SHA256Digest(hex: $0) }
  }

  /// The key of the section `allowed-signers`, which has no white space in its options.
  func signer() throws -> PublicKey {
    try PublicKey(
      line: try line("allowed-signers").split(separator: " ").dropFirst(2).joined(separator: " ")
    )
  }
}

internal import Foundation
package import SluiceEncoding

/// A body in `application/x-www-form-urlencoded`.
package enum FormBody {
  /// Its fields, unescaped, in order; a name may occur more than once.
  ///
  /// - Throws: `Malformed` if something is not percent-encoded UTF-8.
  package static func fields(of text: String) throws(Malformed) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let halves = pair.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      let value = halves.count == 2 ? try unescaped(halves[1]) : ""
      fields.append((try unescaped(halves[0]), value))
    }
    return fields
  }

  private static func unescaped(_ part: Substring.UTF8View) throws(Malformed) -> String {
    let bytes = part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    guard let text = String(decoding: bytes, as: UTF8.self).removingPercentEncoding else {
      throw Malformed("form", "not percent-encoded UTF-8")
    }
    return text
  }
}

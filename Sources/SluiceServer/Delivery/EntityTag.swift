/// A name for exact bytes, as `ETag` and its conditions write it (RFC 9110, section 8.8.3).
///
/// Sluice's own tags are strong: the digest of the bytes that this recipient gets, so that a
/// download resumes on another daemon and after a restart.
package struct EntityTag: Hashable, Sendable {
  /// What stands between the quotes.
  package let opaque: [UInt8]
  /// Whether it only promises an equivalent file; such a tag never matches strongly.
  package let isWeak: Bool

  /// Makes a strong tag of `opaque`, which may hold what a quoted tag may.
  package init(_ opaque: String) {
    self.init(opaque: Array(opaque.utf8), isWeak: false)
  }

  private init(opaque: [UInt8], isWeak: Bool) {
    precondition(opaque.allSatisfy(Self.isAllowed), "a character that an entity tag cannot hold")
    self.opaque = opaque
    self.isWeak = isWeak
  }

  /// The header's value: `"…"`, or `W/"…"`.
  package var text: String {
    (isWeak ? "W/\"" : "\"") + String(decoding: opaque, as: UTF8.self) + "\""
  }

  /// Whether both are strong and the same: what `If-Match` and `If-Range` ask.
  package func matchesStrongly(_ other: EntityTag) -> Bool {
    !isWeak && !other.isWeak && opaque == other.opaque
  }

  /// Whether both name the same, weak or not: what `If-None-Match` asks.
  package func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }

  fileprivate static func isAllowed(_ byte: UInt8) -> Bool {
    byte == 0x21 || (0x23...0x7E).contains(byte) || byte >= 0x80
  }
}

extension EntityTag {
  /// What a list header names: every tag, or these.
  package enum List: Hashable, Sendable {
    /// `*`: whatever there is.
    case any
    /// The tags of the list, in its order.
    case tags([EntityTag])

    /// Reads `*` or a comma-separated list; `nil` if it is neither.
    package init?(_ header: String) {
      var rest = header.utf8[...].trimmingBlanks
      if rest.elementsEqual("*".utf8) {
        self = .any
        return
      }
      var tags: [EntityTag] = []
      while !rest.isEmpty {
        if rest.first != UInt8(ascii: ",") {
          guard let tag = EntityTag(readingFrom: &rest) else { return nil }
          tags.append(tag)
          rest = rest.trimmingBlanks
        }
        guard rest.isEmpty || rest.popFirst() == UInt8(ascii: ",") else { return nil }
        rest = rest.trimmingBlanks
      }
      self = .tags(tags)
    }
  }

  /// Reads exactly one tag; `nil` if `header` is anything else.
  package init?(reading header: String) {
    var rest = header.utf8[...].trimmingBlanks
    guard let tag = EntityTag(readingFrom: &rest), rest.isEmpty else { return nil }
    self = tag
  }

  private init?(readingFrom rest: inout Substring.UTF8View) {
    let isWeak = rest.starts(with: "W/".utf8)
    if isWeak { rest = rest.dropFirst(2) }
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    let opaque = rest.prefix { Self.isAllowed($0) }
    rest = rest.dropFirst(opaque.count)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    self.init(opaque: Array(opaque), isWeak: isWeak)
  }
}

extension Substring.UTF8View {
  /// The same without the spaces and tabs at both ends, which header lists may carry.
  var trimmingBlanks: Self {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var text = drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }
}

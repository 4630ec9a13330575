internal import SluiceEncoding

extension Shape.Scalar {
  /// Any text that says something.
  static let text = Self { text in
    text.contains { !$0.isWhitespace } ? .success(.text(text)) : .fault("must not be empty")
  }

  /// A name: `[a-z][a-z0-9.-]{0,62}`.
  static let identifier = Self { text in
    isIdentifier(text)
      ? .success(.text(text))
      : .fault(
        "\(quoted(text)) is no name: a small letter, then at most 62 of a-z 0-9 . and -"
      )
  }

  /// A name that can also be a branch of the release on the Hub (README join 5).
  static let tier = Self { text in
    guard isIdentifier(text) else { return identifier.read(text) }
    if text == "main" { return .fault("a tier may not be called main: that is the release itself") }
    let isHex = text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    return isHex && (7...40).contains(text.utf8.count)
      ? .fault("a tier may not look like a commit id")
      : .success(.text(text))
  }

  /// A number from `least` on; below that a fault with another code than that of "not a number".
  static func integer(from least: Int, _ code: String) -> Self {
    Self { text in
      let most = 9_007_199_254_740_991  // the largest that canonical JSON writes
      guard let number = Int(text), text.utf8.elementsEqual(String(number).utf8) else {
        return .fault("\(quoted(text)) is not a whole number")
      }
      guard number >= least else { return .fault(code, "must be at least \(least)") }
      return number <= most
        ? .success(.integer(number)) : .fault(code, "must be at most \(most)")
    }
  }

  /// How many people an approval asks for.
  static let count = integer(from: 1, "P011")

  /// How many denials end a case, or `none`.
  static let veto = Self { text in text == "none" ? .success(.text(text)) : count.read(text) }

  /// `true` or `false`.
  static let boolean = Self { text in
    switch text {
    case "true": .success(.boolean(true))
    case "false": .success(.boolean(false))
    default: .fault("must be true or false")
    }
  }

  /// An instant, as text.
  static let instant = Self { text in
    (try? Instant(text)) == nil
      ? .fault("instant must be YYYY-MM-DDThh:mm:ssZ") : .success(.text(text))
  }

  /// A duration, as written.
  static let duration = Self { text in
    if (try? Duration(text)) != nil { return .success(.text(text)) }
    let date = text.prefix { $0 != "T" }
    return date.hasPrefix("P") && date.contains { "YM".contains($0) }
      ? .fault(
        "P020",
        "duration \(quoted(text)): months and years differ in length; use \(days(date))"
      )
      : .fault("duration must be PnW or PnDTnHnMnS, such as P7D or PT36H")
  }

  /// A SHA-256.
  static let digest = Self { text in
    (try? SHA256Digest(hex: text)) == nil
      ? .fault("must be 64 lower-case hex digits: a SHA-256") : .success(.text(text))
  }

  /// A file beside the policy or below its folder.
  static let file = Self { text in
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isBelow = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    return isBelow && !text.contains("\\") && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
      ? .success(.text(text))
      : .fault("must be a file below the policy's folder, such as terms/use.md")
  }

  /// Two capital letters.
  static let country = Self { text in
    Form.isCountry(text) ? .success(.text(text)) : .fault("must be a country's two capital letters")
  }

  /// `name op value` with single spaces.
  static let condition = Self { text in
    do throws(Malformed) {
      _ = try Condition(parsing: text)
      return .success(.text(text))
    } catch {
      return .fault("P021", "cannot read \(quoted(text)): \(error.what)")
    }
  }

  /// Whom a gate keeps from counting.
  static let recusal = Self { text in
    Gate.Recusal(rawValue: text) == nil
      ? .fault(
        "P002",
        "unknown recusal \(quoted(text)); known: "
          + choice(of: Gate.Recusal.allCases.map(\.rawValue))
      )
      : .success(.text(text))
  }

  /// Whose word about somebody counts: `issuer:NAME`, or a principal.
  static let issuer = Self { text in
    let prefix = "issuer:"
    guard text.hasPrefix(prefix) else {
      guard case .failure = principal.read(text) else { return .success(.text(text)) }
      return .fault("\(quoted(text)) is no issuer: write issuer:NAME, or a principal")
    }
    do throws(Malformed) {
      _ = try Principal.ID(.person, named: String(text.dropFirst(prefix.count)))
      return .success(.text(text))
    } catch {
      return .fault("\(quoted(text)) is no issuer: \(error.what)")
    }
  }

  /// One of a few words.
  static func word(_ words: String...) -> Self {
    Self { text in
      words.contains { $0.utf8.elementsEqual(text.utf8) }
        ? .success(.text(text)) : .fault("must be \(choice(of: words))")
    }
  }

  /// Somebody with keys.
  static let principal = Self { text in
    do throws(Malformed) {
      _ = try Principal.ID(parsing: text)
      return .success(.text(text))
    } catch {
      return .fault("\(quoted(text)) is no principal: \(error.what)")
    }
  }

  /// An organisation.
  static let organisation = Self { text in
    text.hasPrefix("org:") ? principal.read(text) : .fault("must be an organisation: org:NAME")
  }

  /// A public key line of a kind that can sign here, without a comment.
  static let key = Self { text in
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let kinds = [
      "ssh-ed25519", "ecdsa-sha2-nistp256", "sk-ssh-ed25519@openssh.com",
      "sk-ecdsa-sha2-nistp256@openssh.com",
    ]
    guard parts.count == 2, kinds.contains(String(parts[0])) else {
      return .fault("must be KIND BASE64, without a comment; KIND is \(choice(of: kinds))")
    }
    let kind = Array(parts[0].utf8)
    guard let bytes = try? Base64.decode(String(parts[1])),
      bytes.starts(with: [0, 0, 0, UInt8(kind.count)] + kind)
    else { return .fault("the base64 is not that of a public key of kind \(parts[0])") }
    return .success(.text(text))
  }

  static func choice(of words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  static func quoted(_ text: String) -> String { "\"\(MarkedText.printable(text))\"" }

  private static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
      text.utf8.count <= 63
    else { return false }
    return text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789.-".utf8.contains($0) }
  }

  /// What to write for a number of months or years, so that nobody has to compute it.
  private static func days(_ date: Substring) -> String {
    let general = "days, such as P30D or P365D"
    guard let match = date.wholeMatch(of: /P([0-9]{1,4})([YM])/), let number = Int(match.1) else {
      return general
    }
    return "P\(number * (match.2 == "Y" ? 365 : 30))D"
  }
}

extension Result<DocumentValue, Shape.Scalar.Fault> {
  fileprivate static func fault(_ message: String) -> Self { .fault("P004", message) }

  fileprivate static func fault(_ code: String, _ message: String) -> Self {
    .failure(.init(code: code, message: message))
  }
}

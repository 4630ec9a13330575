internal import SluiceEncoding

/// One mail that is to be sent, as a text of RFC 5322.
public struct Mail: Hashable, Sendable {
  /// Its name, random hex: the file in the spool is called so.
  public let id: String
  /// Head and body, lines ending in CR LF.
  public let text: String

  /// Composes a mail in plain text.
  ///
  /// - Parameters:
  ///   - id: Its name.
  ///   - origin: The deployment's log, whose host it comes from.
  ///   - recipient: An address that was checked: nothing in it ends a line of the head.
  ///   - subject: One line.
  ///   - body: What it says, a line each.
  ///   - now: When it was written.
  init(
    id: String,
    from origin: String,
    to recipient: String,
    subject: String,
    body: [String],
    at now: Instant
  ) {
    self.id = id
    let host = Self.host(of: origin)
    let head = [
      "From: Sluice <no-reply@\(host)>", "To: <\(recipient)>", "Subject: \(subject)",
      "Date: \(Self.date(now))", "Message-ID: <\(id)@\(host)>", "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit",
    ]
    text = (head + [""] + body).map { "\($0)\r\n" }.joined()
  }

  /// The host in a log's name.
  private static func host(of origin: String) -> String {
    let host = origin.prefix { $0 != "/" && $0 != ":" }
    let isPlain = host.utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return isPlain && !host.isEmpty ? String(host) : "localhost"
  }

  /// An instant as heads of mails write it, such as `Sun, 22 Nov 2026 14:00:00 +0000`.
  static func date(_ instant: Instant) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    // 1970 began on a Thursday; `instant` is written as YYYY-MM-DDTHH:MM:SSZ.
    let passed = instant.seconds / 86_400 - (instant.seconds % 86_400 < 0 ? 1 : 0)
    let weekday = ((passed + 4) % 7 + 7) % 7
    let parts = instant.description.split { "-TZ".contains($0) }.map(String.init)
    guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else {
      return instant.description
    }
    return "\(days[weekday]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) +0000"
  }
}

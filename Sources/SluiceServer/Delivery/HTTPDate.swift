package import SluiceEncoding

/// An instant as HTTP headers write it: `Thu, 14 Feb 2019 00:00:00 GMT` (RFC 9110, section 5.6.7).
///
/// The two obsolete spellings are read as absent. That costs such a client a transfer and never gives
/// it a wrong answer, because every condition with a date is skipped when the date cannot be read.
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  /// The one spelling of `instant`.
  package static func text(_ instant: Instant) -> String {
    let fields = instant.description.split { "-T:Z".contains($0) }
    let days = (instant.seconds - (instant.seconds % 86_400 + 86_400) % 86_400) / 86_400
    let weekday = weekdays[(days % 7 + 7) % 7]
    let month = Int(fields[1]).map { months[$0 - 1] } ?? ""
    return "\(weekday), \(fields[2]) \(month) \(fields[0]) "
      + "\(fields[3]):\(fields[4]):\(fields[5]) GMT"
  }

  /// Reads that spelling and nothing else: what was read is printed and compared.
  package static func instant(_ text: String) -> Instant? {
    let fields = text.split(separator: " ")
    guard fields.count == 6, let month = months.firstIndex(of: String(fields[2])) else {
      return nil
    }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    guard
      let instant = try? Instant("\(fields[3])-\(number)-\(fields[1])T\(fields[4])Z"),
      Self.text(instant).utf8.elementsEqual(text.utf8)
    else { return nil }
    return instant
  }
}

/// A whole second of UTC, in the years that four digits can write.
///
/// One instant has one spelling, `2019-02-14T00:00:00Z`, so that equal statements are equal bytes.
public struct Instant: Hashable, Comparable, CustomStringConvertible, Sendable {
  /// Seconds since 1970, as the ledger stores them; negative before.
  public let seconds: Int
  private static let years1To9999 = -62_135_596_800...253_402_300_799
  private static let epoch = 719_468  // days from 1 March of year 0 to 1 January 1970

  /// Wraps a number of seconds that the caller knows to lie in the years 1 to 9999.
  public init(seconds: Int) {
    precondition(Self.years1To9999.contains(seconds), "an instant outside the years 1 to 9999")
    self.seconds = seconds
  }

  /// Reads `YYYY-MM-DDThh:mm:ssZ` and nothing else.
  ///
  /// What was read is printed and compared, as bytes. That refuses the 30th of February, second
  /// 60, a lower-case `z`, a space and everything else that a list of rules would forget.
  public init(_ text: String) throws(Malformed) {
    let fault = Malformed("instant", "must be YYYY-MM-DDThh:mm:ssZ")
    guard text.utf8.count == 20 else { throw fault }
    let fields = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    guard fields.count == 6 else { throw fault }
    let day = Self.day(year: fields[0], month: fields[1], day: fields[2])
    let seconds = day * 86_400 + fields[3] * 3_600 + fields[4] * 60 + fields[5]
    guard Self.years1To9999.contains(seconds) else { throw fault }
    self.seconds = seconds
    guard description.utf8.elementsEqual(text.utf8) else { throw fault }
  }

  /// Whether `left` comes first.
  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  /// The instant that lies `duration` after `instant`.
  ///
  /// The last second of the year 9999 where the sum lies behind it: what lasts longer than
  /// instants can be written lasts to the end of them.
  public static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(seconds: min(instant.seconds + duration.seconds, years1To9999.upperBound))
  }

  /// How long it is from `right` until `left`; zero where `left` is not the later one.
  public static func - (left: Instant, right: Instant) -> Duration {
    Duration(seconds: max(left.seconds - right.seconds, 0))
  }

  // Years begin in March here, so that the leap day is the last day of its year.
  private static func day(year: Int, month: Int, day: Int) -> Int {
    let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let start = 365 * year + year / 4 - year / 100 + year / 400
    return start + (153 * month + 2) / 5 + day - 1 - epoch
  }

  /// The one spelling.
  public var description: String {
    let second = (seconds % 86_400 + 86_400) % 86_400
    let days = (seconds - second) / 86_400 + Self.epoch
    let century = (4 * days + 3) / 146_097
    let inCentury = days - 146_097 * century / 4
    let year = (4 * inCentury + 3) / 1_461
    let inYear = inCentury - 1_461 * year / 4
    let month = (5 * inYear + 2) / 153
    let fields = (
      year: 100 * century + year + (month < 10 ? 0 : 1),
      month: month < 10 ? month + 3 : month - 9,
      day: inYear - (153 * month + 2) / 5 + 1
    )
    // Byte by byte, because every entry of a log has one.
    var text: [UInt8] = []
    text.reserveCapacity(20)
    func write(_ number: Int, _ mark: Unicode.Scalar?) {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
      if let mark { text.append(UInt8(ascii: mark)) }
    }
    write(fields.year / 100, nil)
    write(fields.year, "-")
    write(fields.month, "-")
    write(fields.day, "T")
    write(second / 3_600, ":")
    write(second / 60 % 60, ":")
    write(second % 60, "Z")
    return String(decoding: text, as: UTF8.self)
  }
}

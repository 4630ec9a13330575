/// A length of time in whole seconds, never negative.
///
/// A day is 86,400 s and a week seven days. Months and years have no length and are refused
/// (governance-domain 9). Several spellings mean the same duration; a document that is compared by
/// its digest keeps its own.
public struct Duration: Hashable, Comparable, Sendable {
  /// How many seconds it lasts; at most `longest`.
  public let seconds: Int

  /// The seconds between the first and the last instant that can be written.
  public static let longest = 315_537_897_599

  /// What a text with a month or a year in it throws, so that its reader can advise `P30D`.
  public static let monthOrYear = Malformed("duration", "no months or years: write days")

  /// Wraps a number of seconds that the caller knows to be neither negative nor over `longest`.
  public init(seconds: Int) {
    precondition((0...Self.longest).contains(seconds), "a duration that is negative or too long")
    self.seconds = seconds
  }

  /// Reads `PnW` or `PnDTnHnMnS`, of which parts may be left out, but not all.
  ///
  /// Numbers have no leading zero; they may be larger than the next unit (`PT36H`).
  ///
  /// - Throws: `monthOrYear` for `P1M` and `P1Y`, which would otherwise be well formed.
  public init(_ text: String) throws(Malformed) {
    let fault = Malformed("duration", "must be PnW or PnDTnHnMnS, such as P14D or PT36H")
    var text = text.utf8[...]
    guard text.popFirst() == UInt8(ascii: "P") else { throw fault }
    var units: [(mark: UInt8, seconds: Int)] = Self.dateUnits
    var (total, parts, inTime, calendar) = (0, 0, false, false)
    while let first = text.first {
      if first == UInt8(ascii: "T"), !inTime {
        (units, inTime, parts) = (Self.timeUnits, true, 0)
        text.removeFirst()
        continue
      }
      let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      text = text.dropFirst(digits.count)
      guard let mark = text.popFirst(), let number = Int(String(digits) ?? ""),
        digits.count == 1 || digits.first != UInt8(ascii: "0"),
        let unit = units.firstIndex(where: { $0.mark == mark })
      else { throw fault }
      if units[unit].seconds == 0 { calendar = true }
      let (product, tooLong) = number.multipliedReportingOverflow(by: units[unit].seconds)
      guard !tooLong, product <= Self.longest - total else {
        throw Malformed("duration", "longer than the years that can be written")
      }
      total += product
      units.removeSubrange(...unit)
      if mark == UInt8(ascii: "W"), !text.isEmpty { throw fault }
      parts += 1
    }
    guard parts > 0 else { throw fault }
    guard !calendar else { throw Self.monthOrYear }
    seconds = total
  }

  // In the order in which they may occur. A unit without a length is one that is refused by name.
  private static let dateUnits: [(mark: UInt8, seconds: Int)] = [
    (UInt8(ascii: "Y"), 0), (UInt8(ascii: "M"), 0), (UInt8(ascii: "W"), 604_800),
    (UInt8(ascii: "D"), 86_400),
  ]
  private static let timeUnits: [(mark: UInt8, seconds: Int)] = [
    (UInt8(ascii: "H"), 3_600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1),
  ]

  /// Whether `left` is shorter.
  public static func < (left: Duration, right: Duration) -> Bool { left.seconds < right.seconds }
}

extension Duration: CustomStringConvertible {
  /// The one spelling that Sluice writes: days, hours, minutes and seconds, none of them zero.
  public var description: String {
    let parts = [(seconds / 3_600 % 24, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S")]
    let time = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    let days = seconds / 86_400
    guard !time.isEmpty else { return "P\(days)D" }
    return days > 0 ? "P\(days)DT\(time)" : "PT\(time)"
  }
}

/// A quotient of two counts, as metrics write it: exact up to the last digit, half of which rounds up.
struct Quotient {
  private let numerator: UInt128
  private let denominator: UInt128

  /// - Returns: `nil` where nothing is divided by nothing, or the numbers are beyond all reason.
  init?(_ numerator: UInt128, _ denominator: UInt128) {
    guard denominator > 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  init?(_ numerator: Int, of denominator: Int) {
    guard numerator >= 0, denominator > 0 else { return nil }
    self.init(UInt128(numerator), UInt128(denominator))
  }

  /// The quotient in units of its last digit.
  func rounded(decimals: Int) -> UInt128? {
    let scale = (0..<decimals).reduce(UInt128(1)) { scale, _ in scale * 10 }
    let (product, isTooLarge) = numerator.multipliedReportingOverflow(by: 2 * scale)
    guard !isTooLarge else { return nil }
    let (sum, isOver) = product.addingReportingOverflow(denominator)
    return isOver ? nil : sum / (2 * denominator)
  }

  /// The text, with so many decimals.
  func text(decimals: Int = 4) -> String? {
    rounded(decimals: decimals).map { Self.text($0, decimals) }
  }

  /// Writes a number of units of the last digit.
  static func text(_ units: UInt128, _ decimals: Int) -> String {
    let digits = String(units)
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}

/// Some numbers of seconds, of which metrics tell the middle and the long end, in hours.
struct Spans {
  private let seconds: [Int]

  init(_ seconds: some Sequence<Int>) { self.seconds = seconds.sorted() }

  /// The middle one, of an even number the mean of the two in the middle.
  var medianHours: String? {
    guard !seconds.isEmpty else { return nil }
    let middle = seconds[(seconds.count - 1) / 2] + seconds[seconds.count / 2]
    return Quotient(middle, of: 7_200)?.text()
  }

  /// The shortest one that nine in ten do not exceed.
  var ninetiethHours: String? {
    guard !seconds.isEmpty else { return nil }
    return Quotient(seconds[(9 * seconds.count + 9) / 10 - 1], of: 3_600)?.text()
  }
}

public import SluiceEncoding

/// What it would cost to make a model of that size again, from declared inputs (governance-domain 11).
///
/// Six operations for each parameter and token, on hardware that does so many a second, as busy as it
/// is said to be, at a price. The inputs are part of the record: whoever doubts them can do the sum
/// with others.
public struct ReplicationCost: Hashable, Sendable {
  /// The number of parameters.
  public let parameters: Int
  /// The number of tokens of the training.
  public let tokens: Int
  /// The accelerator, in words.
  public let hardware: String
  /// What one of them does at most, in thousands of millions of operations a second.
  public let gigaflops: Int
  /// How much of that is done, in percent.
  public let utilisation: Int
  /// The price of an hour of one of them: a decimal with at most four decimals.
  public let unitPrice: String
  /// The currency.
  public let currency: String
  /// When the price was asked for.
  public let pricedAt: Instant

  /// Declares the inputs.
  public init(
    parameters: Int,
    tokens: Int,
    hardware: String,
    gigaflops: Int,
    utilisation: Int,
    unitPrice: String,
    currency: String,
    pricedAt: Instant
  ) {
    self.parameters = parameters
    self.tokens = tokens
    self.hardware = hardware
    self.gigaflops = gigaflops
    self.utilisation = utilisation
    self.unitPrice = unitPrice
    self.currency = currency
    self.pricedAt = pricedAt
  }

  /// The evidence of the kind `replication-cost`.
  ///
  /// - Parameter now: When it is recorded; how old the price is then is part of it.
  /// - Returns: The finding.
  /// - Throws: `Malformed` for inputs with which there is no sum.
  public func finding(at now: Instant) throws(Malformed) -> Statement.Finding {
    guard parameters > 0, tokens > 0, gigaflops > 0, (1...100).contains(utilisation) else {
      throw Self.fault("counts must be positive, and the utilisation 1 to 100 percent")
    }
    guard pricedAt <= now else {
      throw Self.fault("the price is from \(pricedAt), which is to come")
    }
    let price = try priced
    // Hours and the amount are rounded as they are shown, so that the record's own figures add up.
    guard let operations, let hours = hours(of: operations),
      let amount = Quotient(hours.multipliedReportingOverflow(by: price), 10_000 * 10_000),
      let currencyAmount = amount.text(decimals: 2)
    else { throw Self.fault("the numbers are too large for a sum") }
    let gpuHours = Quotient.text(hours, 4)
    return Statement.Finding(
      kind: "replication-cost",
      metrics: [
        "gpu_hours": gpuHours, "unit_price": unitPrice, "currency_amount": currencyAmount,
        "as_of_days": "\((now - pricedAt).seconds / 86_400)",
      ],
      method: """
        6 x \(parameters) parameters x \(tokens) tokens = \(operations) operations; / (\(gigaflops) \
        x 10^9 a second x \(utilisation) % x 3600 s) = \(gpuHours) hours of \(hardware); x \
        \(unitPrice) \(currency) an hour = \(currencyAmount) \(currency). Price of \(pricedAt).
        """
    )
  }

  private var operations: UInt128? {
    let (work, isTooLarge) = UInt128(parameters).multipliedReportingOverflow(by: UInt128(tokens))
    guard !isTooLarge else { return nil }
    let (operations, isOver) = work.multipliedReportingOverflow(by: 6)
    return isOver ? nil : operations
  }

  /// Hours in ten thousandths.
  private func hours(of operations: UInt128) -> UInt128? {
    let (percent, isTooLarge) = operations.multipliedReportingOverflow(by: 100)
    guard !isTooLarge else { return nil }
    let anHour = UInt128(gigaflops) * 1_000_000_000 * UInt128(utilisation) * 3_600
    return Quotient(percent, anHour)?.rounded(decimals: 4)
  }

  /// The price in ten thousandths.
  private var priced: UInt128 {
    get throws(Malformed) {
      let halves = unitPrice.split(separator: ".", omittingEmptySubsequences: false)
      let decimals = halves.count == 2 ? String(halves[1]) : ""
      let isDecimal =
        halves.count == 1 || halves.count == 2 && (1...4).contains(decimals.utf8.count)
      let digits =
        String(halves[0]) + decimals
        + String(repeating: "0", count: max(0, 4 - decimals.utf8.count))
      guard isDecimal, ExactDecimal(unitPrice) != nil, let price = UInt128(digits), price > 0,
        digits.utf8.count <= 20
      else { throw Self.fault("the price must be a decimal with at most four decimals") }
      return price
    }
  }

  private static func fault(_ what: String) -> Malformed { Malformed("replication cost", what) }
}

extension Quotient {
  /// Divides a product, if it could be made.
  fileprivate init?(_ product: (partialValue: UInt128, overflow: Bool), _ denominator: UInt128) {
    guard !product.overflow else { return nil }
    self.init(product.partialValue, denominator)
  }
}

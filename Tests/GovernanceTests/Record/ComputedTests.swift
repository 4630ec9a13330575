import SluiceEncoding
import SluiceGovernance
import Testing

/// Evidence that Sluice computes: the numbers here were worked out by hand.
@Suite("Computed evidence")
struct ComputedTests {
  // MARK: Misuse

  @Test func `tells what was reported and what came of it`() throws {
    let release = try Tale().release(
      """
      02 bob asks for weights of gated as b
      02 ana approves b
      02 eve asks for weights of gated as e
      02 ana approves e
      02 kim asks for weights of gated as k
      02 ana approves k
      02 lea reports leak of weights as old
      03 hal confirms old
      05 hal reports leak of weights as own
      05 joe reports leak of weights as seen
      06 ida confirms seen
      07 hal revokes b misuse
      08 hal revokes e terms
      09 hal revokes k leak
      """
    )
    let finding = Statement.Finding.misuseWatch(
      of: "weights",
      in: release,
      reports: 5,
      open: 2,
      from: try Instant("2026-01-04T00:00:00Z"),
      until: try Instant("2026-01-09T23:59:59Z")
    )
    // The leak that ida confirmed, and two grants revoked for misuse and for a leak.
    #expect(
      finding.metrics == [
        "reports": "5", "open_reports": "2", "confirmed_incidents": "3", "days_observed": "5",
      ]
    )
    #expect(finding.kind == "misuse-watch")
    #expect(finding.method.contains("from 2026-01-04T00:00:00Z until 2026-01-09T23:59:59Z"))
    let before = Statement.Finding.misuseWatch(
      of: "weights",
      in: release,
      reports: 0,
      open: 0,
      from: try Instant("2026-01-01T00:00:00Z"),
      until: try Instant("2026-01-04T00:00:00Z")
    )
    #expect(before.metrics["confirmed_incidents"] == "1")
  }

  // MARK: Uptake and service

  @Test func `tells how far a tier has spread`() throws {
    let tale = Tale(also: "organisations: {bob: lab, eve: lab, kim: university}")
    let release = try tale.release(
      """
      02 bob asks for weights of gated as one
      02 ana approves one
      02 bob asks for weights of gated to learn as two
      02 ana approves two
      02 eve asks for weights,hosted of gated as three
      02 ana approves three
      02 kim asks for hosted of gated as four
      02 ana approves four
      """
    )
    #expect(
      Statement.Finding.uptake(of: "weights", in: release, deliveries: 17).metrics
        == ["grants": "3", "holders": "2", "organisations": "1", "deliveries": "17"]
    )
    #expect(
      Statement.Finding.uptake(of: "paper", in: release, deliveries: 9).metrics
        == ["grants": "0", "holders": "0", "organisations": "0", "deliveries": "9"]
    )
  }

  @Test func `tells how long people waited`() throws {
    let release = try Tale(terms: "due: P2D").release(
      """
      02 bob asks for weights of gated as b
      02 eve asks for weights of gated as e
      02 kim asks for weights of gated as k
      02 lea asks for weights of gated as l
      02 joe asks for hosted of gated as j
      02T00:00:01 ana approves b
      02T10:00:00 ana denies e
      05 lea revises l
      06 ana approves k
      """
    )
    let finding = Statement.Finding.serviceLevel(of: "weights", in: release)
    // 1 second, 10 hours, 96 hours; lea's is open, and was late in its first wording as kim's was.
    #expect(
      finding.metrics == [
        "cases": "4", "overdue": "2", "median_hours_to_decision": "10.0000",
        "p90_hours_to_decision": "96.0000", "denied_share": "0.3333",
      ]
    )
    #expect(
      Statement.Finding.serviceLevel(of: "paper", in: release).metrics == [
        "cases": "0", "overdue": "0",
      ]
    )
  }

  /// Of an even number the mean of the two in the middle: 4.5 s are 0.00125 h, half of the last digit.
  @Test func `rounds half of the last digit up`() throws {
    let release = try Tale().release(
      """
      02 bob asks for weights of gated as b
      02 eve asks for weights of gated as e
      02T00:00:04 ana approves b
      02T00:00:05 ana approves e
      """
    )
    let finding = Statement.Finding.serviceLevel(of: "weights", in: release)
    #expect(finding.metrics["median_hours_to_decision"] == "0.0013")
    #expect(finding.metrics["p90_hours_to_decision"] == "0.0014")
    #expect(finding.metrics["denied_share"] == "0.0000")
    // Nine seconds are 0.0025 h, and two thirds are not 0.6666.
    let thirds = try Tale().release(
      """
      02 bob asks for weights of gated as b
      02 eve asks for weights of gated as e
      02 kim asks for weights of gated as k
      02T00:00:09 ana approves b
      02T00:00:09 ana denies e
      02T00:00:09 ana denies k
      """
    )
    let shares = Statement.Finding.serviceLevel(of: "weights", in: thirds).metrics
    #expect(shares["denied_share"] == "0.6667")
    #expect(shares["median_hours_to_decision"] == "0.0025")
  }

  // MARK: Replication cost

  private func cost(
    parameters: Int = 1_500_000_000,
    tokens: Int = 10_000_000_000,
    utilisation: Int = 40,
    price: String = "2.50"
  ) -> ReplicationCost {
    ReplicationCost(
      parameters: parameters,
      tokens: tokens,
      hardware: "A100",
      gigaflops: 312_000,
      utilisation: utilisation,
      unitPrice: price,
      currency: "USD",
      pricedAt: Instant(seconds: 1_767_225_600)
    )
  }

  /// 6 x 1.5e9 x 1e10 = 9e19 operations; 312e12 x 0.4 x 3600 = 4.4928e17 an hour; 200.32051… hours.
  @Test func `shows the sum of what a model would cost`() throws {
    let finding = try cost().finding(at: Instant(seconds: 1_767_225_600 + 3 * 86_400 - 1))
    #expect(finding.kind == "replication-cost")
    #expect(
      finding.metrics == [
        "gpu_hours": "200.3205", "unit_price": "2.50", "currency_amount": "500.80",
        "as_of_days": "2",
      ]
    )
    #expect(
      finding.method == """
        6 x 1500000000 parameters x 10000000000 tokens = 90000000000000000000 operations; / \
        (312000 x 10^9 a second x 40 % x 3600 s) = 200.3205 hours of A100; x 2.50 USD an hour = \
        500.80 USD. Price of 2026-01-01T00:00:00Z.
        """
    )
  }

  /// 100 % of 312e12: 80.1282… hours; 80.1282 x 0.0001 = 0.00801… , which is 0.01.
  @Test func `rounds the amount to hundredths`() throws {
    let finding = try cost(utilisation: 100, price: "0.0001").finding(
      at: Instant(seconds: 1_767_225_600)
    )
    #expect(finding.metrics["gpu_hours"] == "80.1282")
    #expect(finding.metrics["currency_amount"] == "0.01")
    #expect(finding.metrics["as_of_days"] == "0")
  }

  @Test(arguments: ["", "two", "-1", "1.23456", "1.", ".5", "0", "0.0000", "1,5"])
  func `needs a price`(price: String) {
    #expect(throws: Malformed.self) {
      try cost(price: price).finding(at: Instant(seconds: 1_800_000_000))
    }
  }

  @Test func `needs inputs with which there is a sum`() {
    let now = Instant(seconds: 1_800_000_000)
    #expect(throws: Malformed.self) { try cost(tokens: 0).finding(at: now) }
    #expect(throws: Malformed.self) { try cost(utilisation: 0).finding(at: now) }
    #expect(throws: Malformed.self) { try cost(utilisation: 101).finding(at: now) }
    #expect(throws: Malformed.self) { try cost().finding(at: Instant(seconds: 1_767_225_599)) }
    #expect(throws: Never.self) { try cost(tokens: 100_000_000_000_000).finding(at: now) }
    #expect(throws: Malformed.self) {
      try cost(parameters: .max, tokens: .max).finding(at: now)
    }
  }
}

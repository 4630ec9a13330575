import SluiceServer
import Testing

@Suite("Acknowledged bytes")
struct AcknowledgedBytesTests {
  @Test func `count from the first sample, less what the head may be`() {
    var meter = AcknowledgedBytes(from: sample(5_000), isEncrypted: false)
    meter.record(sample(105_000), handed: 1 << 20, taken: 0)
    #expect(meter.count == 100_000 - 2_048)
  }

  @Test func `are never more than was handed over, nor less than none`() {
    var meter = AcknowledgedBytes(from: sample(5_000), isEncrypted: false)
    meter.record(sample(5_100), handed: 1_000, taken: 0)
    #expect(meter.count == 0)
    meter.record(sample(900_000), handed: 1_000, taken: 0)
    #expect(meter.count == 1_000)
  }

  @Test func `are all that was taken once nothing is under way`() {
    var meter = AcknowledgedBytes(from: sample(0), isEncrypted: false)
    meter.record(sample(600, isSettled: true), handed: 700, taken: 500)
    #expect(meter.count == 500)
  }

  @Test func `never fall, and stay when the kernel cannot be asked`() {
    var meter = AcknowledgedBytes(from: sample(0), isEncrypted: false)
    meter.record(sample(10_000), handed: 1 << 20, taken: 0)
    meter.record(sample(9_000), handed: 1 << 20, taken: 0)
    meter.record(nil, handed: 1 << 20, taken: 1 << 20)
    #expect(meter.count == 10_000 - 2_048)
  }

  @Test func `leave out what TLS adds to each record`() {
    var meter = AcknowledgedBytes(from: sample(0), isEncrypted: true)
    meter.record(sample(10 * 16_406), handed: 1 << 20, taken: 0)
    #expect(meter.count == 10 * 16_384 - 2_048)
  }

  private func sample(_ bytes: Int, isSettled: Bool = false) -> AcknowledgedBytes.Sample {
    AcknowledgedBytes.Sample(acknowledged: bytes, isSettled: isSettled)
  }
}

import CSluiceKernels
import Testing

/// The scalar path's multiply-add against the one of the standard library, which is the processor's.
@Suite("The fused multiply-add in plain C")
struct FusedTests {
  /// Where roundings go wrong: zeros, the smallest and largest numbers, halfway cases, specials.
  static let hard: [Float] = {
    let magnitudes: [Float] = [
      0, .leastNonzeroMagnitude, 3 * .leastNonzeroMagnitude, 0x1p-148, 0x1p-127, 0x1.8p-127,
      .leastNormalMagnitude.nextDown, .leastNormalMagnitude, .leastNormalMagnitude.nextUp,
      0x1p-75, 0x1.000002p-75, 0x1.fffffep-75, 0x1p-64, 0x1p-63, 0x1.000002p-63, 0x1p-25, 0x1p-24,
      0x1.000002p-24, 0x1p-12, 0x1.002p-12, 0x1p-1, Float(1).nextDown, 1, Float(1).nextUp,
      0x1.000004p0, 0x1.800002p0, 0x1.fffffcp0, 0x1.555556p0, 2, 3, 4097, 0x1p23, 0x1.000002p23,
      0x1p24, 0x1.fffffep24, 0x1.6a09e6p63, 0x1p63, 0x1p64, 0x1.000002p64, 0x1.fffffep63,
      0x1p127, .greatestFiniteMagnitude.nextDown, .greatestFiniteMagnitude, .infinity, .nan,
    ]
    return magnitudes + magnitudes.map { -$0 }
  }()

  @Test func `rounds every combination of hard cases as the processor does`() {
    var wrong: [String] = []
    for a in Self.hard {
      for b in Self.hard {
        for c in Self.hard where wrong.count < 5 && !Self.agrees(a, b, c) {
          wrong.append("\(a), \(b), \(c)")
        }
      }
    }
    #expect(wrong == [])
  }

  @Test func `rounds ten million random patterns as the processor does`() {
    let seed = UInt64.random(in: 0 ... .max)
    print("fused multiply-add: seed \(seed)")
    var state = seed
    var wrong: [String] = []
    for _ in 0..<10_000_000 {
      let (first, second) = (Self.next(&state), Self.next(&state))
      var a = Float(bitPattern: UInt32(truncatingIfNeeded: first))
      var b = Float(bitPattern: UInt32(truncatingIfNeeded: first >> 32))
      var c = Float(bitPattern: UInt32(truncatingIfNeeded: second))
      switch second >> 62 {
      case 0:
        // Near the product, where addends cancel.
        let near = (a * b).bitPattern &+ UInt32(truncatingIfNeeded: second >> 32 & 7) &- 3
        c = -Float(bitPattern: near)
      case 1:
        // A product a hair off half a unit of the addend, where a second rounding goes wrong.
        let step = Float(second >> 32 & 63) * 0x1p-23
        let exponent = Int(second >> 40 & 255) - 130
        a = Float(sign: .plus, exponent: exponent / 2, significand: 1 + step)
        b = Float(sign: .minus, exponent: exponent - exponent / 2 - 24, significand: 1 - step)
        c = Float(sign: .plus, exponent: exponent, significand: c.significand)
      default: break
      }
      if wrong.count < 5, !Self.agrees(a, b, c) { wrong.append("\(a), \(b), \(c)") }
    }
    #expect(wrong == [], "seed \(seed)")
  }

  private static func agrees(_ a: Float, _ b: Float, _ c: Float) -> Bool {
    let (own, processor) = (sluice_fused(a, b, c), c.addingProduct(a, b))
    return own.bitPattern == processor.bitPattern || own.isNaN && processor.isNaN
  }

  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    let z = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    let y = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return y ^ (y >> 31)
  }
}

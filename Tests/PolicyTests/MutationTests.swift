import SluiceEncoding
import SluiceGovernance
import Testing

/// Texts that nobody would write: each is read or refused, and a refusal points into the text.
@Suite("A damaged policy")
struct MutationTests {
  static let seed: UInt64 = 0x51_1ce

  /// The sample, and policies that use all of the language between them.
  static let policies = ["sample", "gpt2", "structured-access", "embargoed-release"]

  @Test(arguments: policies)
  func `cut off anywhere is read or refused with a place`(name: String) throws {
    let policy = try Self.text(name)
    for length in stride(from: 0, through: policy.utf8.count, by: name == "sample" ? 1 : 5) {
      judge(String(decoding: policy.utf8.prefix(length), as: UTF8.self))
    }
  }

  @Test(arguments: policies)
  func `with any character replaced is read or refused with a place`(name: String) throws {
    let policy = try Self.text(name)
    var random = SplitMix(state: Self.seed)
    let signs = Array("&*!<>[]{}|:-?,#'\"% \n\t\\@`=~0aé\u{85}\u{2028}".unicodeScalars)
    for _ in 0..<500 {
      var scalars = Array(policy.unicodeScalars)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: scalars.indices, using: &random)
        let sign = signs[Int.random(in: signs.indices, using: &random)]
        switch Int.random(in: 0...2, using: &random) {
        case 0: scalars[place] = sign
        case 1: scalars.insert(sign, at: place)
        default: scalars.remove(at: place)
        }
      }
      judge(String(String.UnicodeScalarView(scalars)))
    }
  }

  private static func text(_ name: String) throws -> String {
    name == "sample"
      ? Sample.policy : try Library.text("\(name).yaml", in: Library.policies)
  }

  private func judge(_ text: String) {
    do throws(PolicyFaults) {
      let policy = try Policy(text: text)
      let canonical = try? JSONValue(canonical: policy.canonical, format: "policy")
      #expect(canonical?.canonical == policy.canonical, "seed \(Self.seed): \(text)")
    } catch {
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      #expect(!error.faults.isEmpty)
      for fault in error.faults {
        let width =
          lines.indices.contains(fault.line - 1) ? lines[fault.line - 1].unicodeScalars.count : 0
        #expect(
          (1...lines.count).contains(fault.line) && (1...width + 1).contains(fault.column),
          "seed \(Self.seed): \(fault) in \(text)"
        )
      }
    }
  }
}

/// Random numbers that are the same everywhere for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

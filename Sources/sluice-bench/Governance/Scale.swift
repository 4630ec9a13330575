import SluiceEncoding
import SluiceGovernance

/// How large a generated deployment is, and how everything in it is called.
///
/// Whatever has a number has its name, its token and its times by that number, so nothing of the
/// bulk has to be remembered while it is made. The release 0 holds half of everything.
struct Scale: Sendable {
  static let origin = "bench.invalid/log"
  static let releases = 21
  /// Before the first statement.
  static let start = Instant(seconds: 1_767_225_600)
  /// Over how many days the bulk is spread, from the second on.
  static let days = 300
  /// In how many of the last days the cases were filed that are still open.
  static let openDays = 20

  /// Grants below this number have deliveries that are under way at the end.
  static let underWay = 100

  /// How many deliveries there are.
  let deliveries: Int

  /// How many grants, each with the decided case that led to it.
  var grants: Int { deliveries / 10 }
  /// How many cases nobody has decided yet.
  var asked: Int { deliveries / 100 }
  /// How many people hold grants: each one in the large release and one in another.
  var holders: Int { grants / 2 }
  /// How many people there are, those who only ask included.
  var people: Int { holders + asked }
  /// Log time after everything.
  var now: Instant { Self.start + Duration(seconds: (Self.days + 1) * 86_400 + 3_600) }

  static func release(_ number: Int) -> Release.ID {
    Release.ID(number == 0 ? "bench/large" : "bench/other-\(number)")
  }

  /// The release of the grant, or of the open case, with a number.
  static func release(of number: Int) -> Int {
    number.isMultiple(of: 2) ? 0 : 1 + number / 2 % (releases - 1)
  }

  /// Whose grant it is.
  static func holder(of grant: Int) -> Int { grant / 2 }

  /// Whether somebody is in the group of the large release.
  static func isMember(_ person: Int) -> Bool { person.isMultiple(of: 2) }

  /// How many days its decision took.
  static func delay(of grant: Int) -> Int { grant / 2 % 7 }

  static func isRevoked(_ grant: Int) -> Bool { grant % 100 == 8 }
  /// Whether the grant itself was held for a while.
  static func wasHeld(_ grant: Int) -> Bool { grant % 100 == 14 }
  /// Whether its holder is held in the large release, for good.
  static func isHolderHeld(_ grant: Int) -> Bool { grant % 100 == 12 }

  /// Whether it serves its holder at the end.
  static func serves(_ grant: Int) -> Bool {
    !isRevoked(grant) && !(release(of: grant) == 0 && isHolderHeld(grant))
  }

  static func person(_ number: Int) -> String { "person:u\(digits(number, 7))" }

  /// The twelve characters under which somebody appears in the log.
  static func pseudonym(_ person: Int) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var rest = UInt64(person + 1) &* 0x9E37_79B9_7F4A_7C15 >> 14
    var text = Array("p_".utf8)
    for _ in 0..<10 {
      text.append(alphabet[Int(rest & 31)])
      rest >>= 5
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The identity of somebody's token.
  static func token(_ person: Int) -> String {
    let scrambled = UInt64(person + 1) &* 0xD6E8_FEB8_6659_FD93
    return Hex.encode((0..<8).map { UInt8(truncatingIfNeeded: scrambled >> (56 - 8 * UInt64($0))) })
  }

  /// What somebody shows as a token.
  static func secret(_ person: Int) -> String { "hf_" + digits(person, 40) }

  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
  }
}

/// Numbers that look random and are the same at every run (SplitMix64).
struct Lottery: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

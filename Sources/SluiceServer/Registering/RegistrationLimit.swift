internal import Foundation
package import SluiceEncoding

/// How often somebody may be made known from one place within an hour.
///
/// In memory: a restart forgets, which costs its owner more than it is worth to others. Every attempt
/// counts that could have told whether a name is taken.
package actor RegistrationLimit {
  private static let hour = 3_600
  /// How many places are kept in mind; beyond that nobody registers until the hour is over.
  private static let mostPlaces = 20_000

  private let limit: Int
  private var attempts: [String: [Instant]] = [:]

  /// Allows `limit` attempts an hour.
  package init(_ limit: Int) { self.limit = limit }

  /// Counts an attempt that comes from all of `places`, if each has one left.
  ///
  /// - Returns: In how many seconds the next one is possible; `nil` if this one was.
  package func refuses(_ places: [String], at now: Instant) -> Int? {
    let began = Instant(seconds: now.seconds - Self.hour)
    for place in places { attempts[place]?.removeAll { $0 <= began } }
    if attempts.count >= Self.mostPlaces {
      attempts = attempts.filter { $0.value.contains { $0 > began } }
      guard attempts.count < Self.mostPlaces else { return Self.hour }
    }
    let full = places.compactMap { place -> Int? in
      guard let made = attempts[place], made.count >= limit, let first = made.min() else {
        return nil
      }
      return max(1, first.seconds + Self.hour - now.seconds)
    }
    if let wait = full.max() { return wait }
    for place in places { attempts[place, default: []].append(now) }
    return nil
  }

  /// What counts as one place: an address of IPv4, the first half of one of IPv6, because a single
  /// customer has as many of those as there are second halves.
  package static func place(of address: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11] == [0xff, 0xff]
    guard !isMapped else { return bytes.suffix(4).map(String.init).joined(separator: ".") }
    return Hex.encode(Array(bytes.prefix(8))) + "/64"
  }
}

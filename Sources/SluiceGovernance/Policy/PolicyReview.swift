public import SluiceEncoding

/// A policy file looked at together with its roster and its texts: all that is wrong at once, whichever
/// of them it is in (governance-domain 15.1).
///
/// What cannot be read is passed over where the rest is judged, so that nothing is said which is only a
/// consequence of what was said. What is merely doubtful is said once nothing is wrong in the policy.
public struct PolicyReview: Sendable {
  private let policy: Policy?
  private let faults: [PolicyFault]

  /// Reads a policy as far as it can be read.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - source: What faults call the file.
  public init(text: String, source: String) {
    do throws(PolicyFaults) {
      (policy, faults) = try Policy.drafted(text: text, source: source)
    } catch { (policy, faults) = (nil, error.faults) }
  }

  /// The texts that people agree to whose files are named as they can be.
  private var texts: [Terms] {
    policy?.terms.filter { terms in !isFaulty("terms.\(terms.id)") && !terms.file.isEmpty } ?? []
  }

  /// The files of the texts that people agree to, beside the policy.
  public var files: [String] { texts.map(\.file) }

  /// All that is wrong, and what the author should know.
  ///
  /// - Parameters:
  ///   - roster: The roster's file, and what faults call it.
  ///   - files: The bytes of each of ``files`` that could be read.
  ///   - now: The present, for W104.
  /// - Returns: What is wrong with the policy by itself, with the roster, between the two and with the
  ///   texts; then the warnings.
  public func faults(
    roster: (text: String, source: String)?,
    files: [String: [UInt8]],
    at now: Instant
  ) -> [PolicyFault] {
    var people: Roster?
    var wrong: [PolicyFault] = []
    if let roster {
      do throws(PolicyFaults) {
        (people, wrong) = try Roster.drafted(text: roster.text, source: roster.source)
      } catch { wrong = error.faults }
    }
    guard let policy else { return faults + wrong }
    let missing = policy.check(files: files).filter { fault in
      texts.contains { fault.path.hasPrefix("terms.\($0.id).") }
    }
    guard faults.isEmpty, wrong.isEmpty else {
      let between = people.map { conflicts(of: policy, with: $0, besides: wrong) } ?? []
      return faults + wrong + between + missing
    }
    let found = policy.check(roster: people, at: now)
    return found.filter(\.isError) + missing + found.filter { !$0.isError }
  }

  /// What does not fit between two documents of which one is faulty, besides what is said of it.
  private func conflicts(
    of policy: Policy,
    with roster: Roster,
    besides wrong: [PolicyFault]
  ) -> [PolicyFault] {
    let names = policy.names(in: roster).filter { fault in
      let isSaid = (faults + wrong).contains { known in
        known.path == fault.path || known.path.hasPrefix("\(fault.path)[")
      }
      return !isSaid && !(fault.path == "id" && isFaulty("id"))
        && !(fault.path.hasPrefix("roles.") && isFaulty("roles"))
    }
    // Who is too few can be told only of people who are all known.
    let sound = policy.gates(without: { $0.isIn($1) }, among: faults)
    let people = wrong.isEmpty ? policy.shortages(with: roster, among: sound) : []
    return (names + people).sorted
  }

  private func isFaulty(_ path: String) -> Bool {
    faults.contains {
      $0.path == path || $0.path.hasPrefix("\(path).") || $0.path.hasPrefix("\(path)[")
    }
  }
}

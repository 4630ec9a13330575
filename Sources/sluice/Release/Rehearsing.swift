import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// What is run before an amendment is filed: the check, the scenarios beside the policy, and past cases
/// under the new one (governance-domain 14).
struct Rehearsing {
  /// A policy or a roster: a file that is proposed, or what is in force.
  struct Document {
    let text: String
    /// The file; `nil` of what is in force.
    let path: String?
    /// What faults call it.
    let source: String

    /// A file that is proposed.
    init(path: String) throws {
      text = try Files.text(at: path)
      (self.path, source) = (path, path)
    }

    /// What is in force.
    init(inForce text: String, as source: String) {
      (self.text, self.path, self.source) = (text, nil, source)
    }
  }

  /// What was found, before anything is made of it.
  struct Outcome {
    var faults: [PolicyFault] = []
    var stories: [Rehearsal.Story] = []
    var policies: [String: String] = [:]
    var failures: [String] = []
    /// What was passed over and why.
    var passed: [String] = []

    var isReady: Bool { failures.isEmpty && !faults.contains(where: \.isError) }
  }

  let policy: Document
  let roster: Document
  /// Policy and roster in force; `nil` before version 1.
  let adopted: (policy: Policy, roster: Roster)?

  /// Runs everything that needs no deployment, and stops on whatever is wrong.
  ///
  /// - Throws: ``Unready`` with all that is wrong at once.
  func run(at now: Instant) throws -> Outcome {
    var outcome = Outcome()
    var texts: [String: [UInt8]]?
    let review = PolicyReview(text: policy.text, source: policy.source)
    if let path = policy.path { texts = try PolicyFiles.texts(review.files, besides: path) }
    outcome.faults = review.faults(
      roster: (text: roster.text, source: roster.source),
      files: texts ?? [:],
      at: now
    ).filter { fault in
      // The texts of what is in force are in the ledger.
      policy.path != nil || fault.code != "P017"
    }
    outcome.faults += continuity(besides: outcome.faults)
    if let path = policy.path, let read = try? Policy(text: policy.text, source: policy.source) {
      try play(besides: path, under: read, texts ?? [:], &outcome)
    }
    guard outcome.isReady else { throw unready(outcome) }
    return outcome
  }

  /// What does not continue the version in force.
  private func continuity(besides faults: [PolicyFault]) -> [PolicyFault] {
    var found: [PolicyFault] = []
    if policy.path != nil, let read = try? Policy(text: policy.text, source: policy.source),
      read.digest != adopted?.policy.digest
    {
      found += read.check(adopted: adopted?.policy)
    }
    if roster.path != nil, let read = try? Roster(text: roster.text, source: roster.source),
      read.digest != adopted?.roster.digest
    {
      found += read.check(adopted: adopted?.roster)
    }
    return found.filter { !faults.contains($0) }
  }

  private func play(
    besides path: String,
    under policy: Policy,
    _ texts: [String: [UInt8]],
    _ outcome: inout Outcome
  ) throws {
    let terms = ScenarioFiles.terms(of: policy, texts)
    let search = ScenarioSearch(besides: path)
    outcome.passed = search.passed
    for found in search.found {
      do {
        let scenario = try Scenario(text: found.text, source: found.path)
        let later = try ScenarioFiles.laterPolicies(of: scenario, near: found.path)
        let failures = try ScenarioFiles.play(scenario, under: policy, later: later, terms: terms)
        outcome.failures += failures.map(\.description)
        outcome.stories.append(.init(file: found.name, text: found.text))
        for (name, text) in later {
          let known = outcome.policies.updateValue(text, forKey: name)
          guard let known, !known.utf8.elementsEqual(text.utf8) else { continue }
          outcome.failures.append("\(found.path): another scenario names another file \(name)")
        }
      } catch let faults as Scenario.Faults {
        outcome.failures.append("\(faults)")
      } catch let faults as PolicyFaults { outcome.failures.append("\(faults)") }
    }
  }

  private func unready(_ outcome: Outcome) -> Unready {
    var next: [String] = []
    for (document, digest) in [
      (policy, adopted?.policy.digest), (roster, adopted?.roster.digest),
    ] {
      let isUnnamed = outcome.faults.contains { fault in
        fault.code == "P016" && fault.path == "previous" && fault.source == document.source
      }
      if let path = document.path, let digest, isUnnamed {
        next.append("Write into \(path) what is in force: previous: \(digest.hex)")
      }
    }
    let files = [policy.path.map { [$0] }, roster.path.map { ["--roster", $0] }]
    if outcome.faults.contains(where: \.isError), policy.path != nil, next.isEmpty {
      let check = Typed(words: ["policy", "check"] + files.compactMap { $0 }.flatMap { $0 })
      next.append("Mend what is wrong, and look again: \(check.text)")
    }
    if !outcome.failures.isEmpty {
      next.append("Mend the policy, or the scenario that no longer says what is wanted.")
    }
    next.append("Then: the same command")
    return Unready(
      lines: outcome.faults.map(\.description) + outcome.failures,
      next: next
    )
  }

  /// Nothing was filed, because of what the run found.
  struct Unready: Advised {
    let lines: [String]
    let next: [String]

    var detail: String {
      "nothing was filed, because the rehearsal found what is wrong:\n"
        + lines.joined(separator: "\n")
    }
  }
}

extension Rehearsing.Outcome {
  /// The document that goes with the amendment.
  func rehearsal(
    of policy: Policy,
    with roster: Roster,
    at now: Instant,
    replay: Replay?
  ) -> Rehearsal {
    Rehearsal(
      at: now,
      policy: policy.digest,
      roster: roster.digest,
      warnings: Rehearsal.warnings(of: policy, with: roster, at: now),
      scenarios: stories,
      policies: policies,
      replay: replay
    )
  }

  /// What people are told before it is filed.
  var lines: [String] {
    let count = stories.count
    let played =
      count == 0
      ? "no scenario names the policy"
      : "\(count) \(count == 1 ? "scenario holds" : "scenarios hold")"
    return faults.map(\.description) + passed + [played]
  }
}

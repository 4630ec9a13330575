import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension Amendment {
  /// What the filer ran before, as the case names it.
  struct Rehearsed {
    /// Who filed it: it is their own run.
    let by: Principal.ID
    let document: SHA256Digest
    let content: Content

    enum Content {
      case read(Rehearsal)
      /// The reader may not see it, or it cannot be read: why.
      case missing(String)
    }
  }

  /// The run in words, and how to repeat it.
  func lines(of rehearsed: Rehearsed?, in number: Int) -> [String] {
    guard let rehearsed else {
      return ["rehearsed  nothing was tried before, or nothing is said of it"]
    }
    let by = rehearsed.by.name
    guard case .read(let rehearsal) = rehearsed.content else {
      guard case .missing(let why) = rehearsed.content else { return [] }
      return ["rehearsed  document \(rehearsed.document.hex): \(why)"]
    }
    var lines = [
      "rehearsed  by \(by) alone, at \(rehearsal.at); document \(rehearsed.document.hex)"
    ]
    lines += Self.checked(rehearsal.warnings)
    lines += Self.played(rehearsal.scenarios)
    lines += Self.replayed(rehearsal.replay, by: by)
    lines.append("  again      run it yourself: \(Typed.command("show", "\(number)", "--again"))")
    return lines
  }

  private static func checked(_ warnings: [Rehearsal.Warning]) -> [String] {
    guard !warnings.isEmpty else { return ["  check      no warnings"] }
    return ["  check      \(count(warnings.count, "warning"))"] + warnings.map(words)
  }

  private static func words(_ warning: Rehearsal.Warning) -> String {
    let place = warning.path.isEmpty ? "" : "\(warning.path): "
    return plain("    \(warning.code) line \(warning.line): \(place)\(warning.message)")
  }

  /// A text of the filer's in one line, which neither ends it nor turns its direction.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            "\u{FFFD}"
          default: scalar
          }
        }
      )
    )
  }

  private static func played(_ stories: [Rehearsal.Story]) -> [String] {
    guard !stories.isEmpty else { return ["  scenarios  none were played"] }
    return ["  scenarios  \(count(stories.count, "scenario")) played, every line holds"]
      + stories.map { plain("    \($0.file)") }
  }

  private static func replayed(_ replay: Replay?, by name: String) -> [String] {
    guard let replay else { return ["  replay     the policy stays, or is the first"] }
    guard !replay.changes.isEmpty else {
      return ["  replay     no past case that \(name) may see would have come out otherwise"]
    }
    return ["  replay     of the past cases that \(name) may see would have come out otherwise:"]
      + replay.changes.map { change in
        let numbers = change.numbers.map(String.init).joined(separator: ", ")
        let which = numbers.isEmpty ? "" : " (case \(numbers))"
        let after = change.after?.rawValue ?? "without a gate"
        return "    \(change.count) of kind \(change.kind.rawValue)\(which):"
          + " was \(change.before.rawValue), would be \(after)"
      }
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(number == 1 ? word : word + "s")"
  }

  /// What came of running it again, beside what the document says.
  static func lines(of again: Rehearsal.Again, _ rehearsal: Rehearsal) -> [String] {
    let isSame = again.agrees(with: rehearsal)
    var lines = [
      "run again  by you, now: \(isSame ? "it comes out the same" : "it comes out otherwise")"
    ]
    lines += checked(again.warnings)
    if again.failures.isEmpty {
      lines.append(
        "  scenarios  \(count(rehearsal.scenarios.count, "scenario")) played again, every line holds"
      )
    } else {
      lines.append("  scenarios  what does not hold:")
      lines += again.failures.map { plain("    \($0)") }
    }
    guard let replayed = again.replayed else { return lines }
    lines.append("  replay     as far as you may see past cases, those of today among them")
    lines += PolicyDiff.text(replayed).split(separator: "\n").map { "    \($0)" }
    return lines
  }

  /// `{"by","document","rehearsal"?}`.
  static func json(_ rehearsed: Rehearsed) -> JSONValue {
    var members: JSONObject = [
      "by": .string(rehearsed.by.rawValue), "document": .string(rehearsed.document.hex),
    ]
    if case .read(let rehearsal) = rehearsed.content { members["rehearsal"] = rehearsal.json }
    return .object(members)
  }
}

extension Deployment {
  /// The run that an amendment names, as far as the reader may see it.
  func rehearsed(
    _ digest: SHA256Digest,
    of proposed: (policy: SHA256Digest, roster: SHA256Digest, before: SHA256Digest),
    by filer: Principal.ID,
    in release: Release.ID
  ) async throws -> Amendment.Rehearsed {
    let content: Amendment.Rehearsed.Content
    do {
      let bytes = try await document(digest, of: release)
      guard SHA256Digest(of: bytes) == digest else {
        throw Malformed("document", "has another digest")
      }
      let rehearsal = try Rehearsal(document: bytes)
      content =
        rehearsal.policy == proposed.policy && rehearsal.roster == proposed.roster
          && rehearsal.replay.map { $0.before == proposed.before } ?? true
        ? .read(rehearsal) : .missing("it is of another policy or roster than this case proposes")
    } catch let refusal as Refusal where refusal.code == Refusal.stale("").code {
      content = .missing("it is shown to those who hold a role")
    } catch let refusal as RemoteRefusal where refusal.problem.code == Refusal.stale("").code {
      content = .missing("it is shown to those who hold a role")
    } catch let malformed as Malformed {
      content = .missing("it cannot be read: \(malformed)")
    }
    return .init(by: filer, document: digest, content: content)
  }

  /// Runs again what the filer of an amendment says to have run.
  ///
  /// - Throws: `Refusal.unfit` where there is nothing to run again, or not for the reader.
  func again(
    _ amendment: Amendment,
    in release: Release.ID
  ) async throws -> (rehearsal: Rehearsal, again: Rehearsal.Again) {
    guard case .read(let rehearsal)? = amendment.rehearsed?.content else {
      throw Refusal.unfit("the case names no rehearsal that you may read")
    }
    guard let roster = amendment.roster else {
      throw Refusal.unfit("the roster, which the check needs, is shown to those who hold a role")
    }
    var replayed: [ReplayLine]?
    if rehearsal.replay != nil {
      replayed = try await replay(ReplayQuestion(policy: amendment.policy.text), of: release)
    }
    return (
      rehearsal,
      rehearsal.again(
        policy: amendment.policy,
        roster: roster,
        terms: amendment.terms,
        replayed: replayed
      )
    )
  }
}

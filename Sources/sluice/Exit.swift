import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// How the program ends: the one place where errors become words and an exit status.
///
/// 0 done, 1 failed, 2 usage, 3 warnings only, 4 refused by a rule, 5 conflict with the present
/// state, 6 tier unbound, 7 fails closed (interface 1).
struct Exit {
  /// What was typed.
  let typed: Typed
  /// The command that ran, if there was one.
  let command: (any ParsableCommand)?

  /// Ends the process on what a command threw.
  func leave(on error: any Error) async -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    if let problem = Self.problem(error) {
      let suggestions = Suggestions(typed: typed, names: names)
      leave(with: await suggestions.added(to: problem), status: problem.exit)
    }
    if let misplaced = error as? Misplaced {
      leave(
        on: Problem(
          code: misplaced.problem.code,
          detail: misplaced.problem.detail,
          next: misplaced.problem.filled(names).next
            .map { Typed.act($0, after: typed.without("--server")) }
        )
      )
    }
    // ArgumentParser's own errors: help and version end well, wrong usage is 2.
    if Self.isUsage(error) {
      if Sluice.exitCode(for: error) == .success {
        print(Sluice.fullMessage(for: error))
        exit(0)
      }
      leave(on: usage(error))
    }
    let advised = error as? any Advised ?? Trouble(error)
    let detail = advised?.detail ?? Self.sentence(error)
    leave(with: Problem(code: "failed", detail: detail, next: advised?.next ?? []), status: 1)
  }

  private func leave(with problem: Problem, status: Int32) -> Never {
    // Where no server is in play, an act at a server is none, unless it is to name one.
    let acts = problem.filled(names).next.filter {
      !$0.hasSuffix(" --server URL") || $0.contains("the same command")
    }.filter { !Self.repeats($0) }
    let filled = acts.map { Typed.act($0, after: typed) }
    let code = problem.code == "failed" ? "" : problem.code + ": "
    show("\(code)\(problem.detail)", problem, next: filled)
    exit(status)
  }

  /// Wrong usage: what was meant, if that can be told, else what the parser says.
  private func usage(_ error: any Error) -> Problem {
    if let mistake = Mistake(in: typed) {
      return Problem(code: "usage", detail: mistake.sentence, next: mistake.next)
    }
    return Problem(
      code: "usage",
      detail: Sluice.message(for: error),
      next: ["What it takes: \(Sluice.name(of: typed)) --help"]
    )
  }

  private func leave(on usage: Problem) -> Never {
    show("usage: \(usage.detail)", usage, next: usage.next)
    exit(2)
  }

  private func show(_ sentence: String, _ problem: Problem, next: [String]) {
    guard typed.has("--json") || typed.value(of: "--format") == "json" else {
      Terminal.notice("sluice: \(sentence)")
      if let clause = problem.policy { Terminal.notice("  policy: \(clause)") }
      for change in problem.difference { Terminal.notice("  \(change)") }
      for act in next { Terminal.notice("  next: \(act)") }
      return
    }
    var error: JSONObject = [
      "code": .string(problem.code), "message": .string(problem.detail),
      "next": .array(next.map { .string($0) }),
    ]
    error["policy"] = problem.policy?.json
    if !problem.difference.isEmpty {
      error["difference"] = .array(problem.difference.map(\.json))
    }
    print(JSONValue.object(["error": .object(error)]).text)
  }

  /// The names that the command was given, quoted for a shell, and the server that it spoke to.
  private var names: [Problem.Placeholder: String] {
    var names = (command as? any Naming)?.names ?? [:]
    names[.server] = typed.value(of: "--server") ?? Settings.namedServer
    return names.mapValues(Typed.quoted)
  }

  private static func problem(_ error: any Error) -> Problem? {
    switch error {
    case let refusal as Refusal: Problem(refusal)
    case let explained as Explained: explained.problem
    case let remote as RemoteRefusal: remote.problem
    case let refused as Refused: refused.problem
    case let error where Ledger.isUnavailable(error): .logUnavailable
    default: nil
    }
  }

  /// Whether an act is only what was typed already: that helps whoever composes for somebody else, and
  /// not who has typed it.
  private static func repeats(_ act: String) -> Bool {
    act == Problem.correction || act == Problem.lookAgain
  }

  private static func isUsage(_ error: any Error) -> Bool {
    // What ArgumentParser throws itself has no public type but these.
    let name = String(reflecting: type(of: error))
    return name.hasPrefix("ArgumentParser.")
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case let described as any CustomStringConvertible & Error: "\(described)"
    case let known as any LocalizedError: known.errorDescription ?? "\(known)"
    default: error.localizedDescription
    }
  }
}

/// A "no" that a deployment, or a command, has put into words already.
struct Refused: Error {
  let problem: Problem
}

extension HomeFault: Advised {
  var detail: String {
    guard case .noLedger(let path) = self else { return description }
    return "there is no deployment at \(path)"
  }

  var next: [String] {
    switch self {
    case .noLedger(let path):
      let folder = Typed.quoted(path)
      return [
        "Make one: sluice init --home \(folder)",
        "Or, with a model in it: sluice quickstart DIR --release OWNER/NAME --home \(folder)",
      ]
    case .tooOpen(let path, _): return ["Close it: chmod 600 \(Typed.quoted(path))"]
    case .exists: return ["Look into the one that is there: sluice cases"]
    case .missing, .unreadable, .network, .newer, .served: return []
    }
  }
}

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
enum Exit {
  /// Ends the process on what a command threw.
  static func leave(
    on error: any Error,
    asJSON: Bool,
    as command: any ParsableCommand.Type
  ) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    if let problem = problem(error) { leave(with: problem, status: problem.exit, asJSON: asJSON) }
    let status = command.exitCode(for: error)
    // ArgumentParser's own errors: help and version end well, wrong usage is 2.
    if isUsage(error) {
      let text = command.fullMessage(for: error)
      if status.rawValue == 0 {
        print(text)
        exit(0)
      }
      Terminal.notice(text)
      exit(2)
    }
    let problem = Problem(code: "failed", detail: sentence(error), next: [])
    leave(with: problem, status: 1, asJSON: asJSON)
  }

  private static func leave(with problem: Problem, status: Int32, asJSON: Bool) -> Never {
    if asJSON {
      let error: JSONObject = [
        "code": .string(problem.code), "message": .string(problem.detail),
        "next": .array(problem.next.map { .string($0) }),
      ]
      print(JSONValue.object(["error": .object(error)]).text)
    } else {
      Terminal.notice(
        "sluice: \(problem.code == "failed" ? "" : problem.code + ": ")\(problem.detail)"
      )
      for act in problem.next { Terminal.notice("  next: \(act)") }
    }
    exit(status)
  }

  private static func problem(_ error: any Error) -> Problem? {
    switch error {
    case let refusal as Refusal: Problem(refusal)
    case let explained as Explained: explained.problem
    case let remote as RemoteRefusal: remote.problem
    case let refused as Refused: refused.problem
    default: nil
    }
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

/// A "no" that a deployment has put into words already.
struct Refused: Error {
  let problem: Problem
}

import ArgumentParser
import SluiceAPI

/// A command about a release that needs the home itself, and says so to whoever names a server.
///
/// A server that is named, by a flag or by the environment, is never passed over in silence.
protocol HomeBound: ParsableCommand {
  /// Why a server cannot do it: a clause.
  static var whyHome: String { get }
  /// What helps somebody who has a server and no home.
  static var instead: [String] { get }
}

extension HomeBound {
  /// Refuses a server that the environment names, unless the home was typed.
  static func requireHere(_ place: AtHome) throws(Misplaced) {
    guard place.home == nil, Settings.namedServer != nil else { return }
    throw Misplaced(by: self, server: "SLUICE_SERVER")
  }
}

/// A server was named to a command that needs the home.
struct Misplaced: Error {
  let problem: Problem

  /// Says so of a command; `server` is what named the server.
  init(by command: any HomeBound.Type, server: String) {
    problem = Problem(
      code: "usage",
      detail: "\(server) is given, and this needs the home: \(command.whyHome)",
      next: ["Where the deployment is: the same command with --home FOLDER"] + command.instead
    )
  }
}

extension ReleaseCreate: HomeBound {
  static var whyHome: String { "the names of releases are the operator's" }
  static var instead: [String] { ["Ask the operator of the server to set the name aside."] }
}

extension Bind: HomeBound {
  static var whyHome: String { "weights and the release key are the operator's" }
  static var instead: [String] { ["Give the files to the operator of the server."] }
}

extension AuditVerify: HomeBound {
  static var whyHome: String {
    "it reads the whole file and every blob, and what a server says of itself proves nothing"
  }
  static var instead: [String] {
    [
      "Or on a copy of it: sluice audit verify --home COPY --accept-restored",
      "At the server, one decision again: sluice audit decision CASE --server URL",
      "Or one entry with its proof: sluice audit prove EVENT --server URL",
    ]
  }
}

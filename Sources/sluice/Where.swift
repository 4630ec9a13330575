import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

/// Where a command acts: a deployment on this machine, or a daemon over HTTP.
struct Where: ParsableArguments {
  @Option(help: "The deployment's home folder (or SLUICE_HOME).", completion: .directory)
  var home: String?

  @Option(help: "The address of a daemon (or SLUICE_SERVER), used with a token.")
  var server: String?

  /// The deployment that the flags, the environment or the default name, in this order.
  func open() async throws -> Place {
    let settings = try Settings.current()
    if let server = server ?? (home == nil ? settings.server : nil) {
      if home != nil { throw ValidationError("--home and --server exclude each other") }
      let token = try settings.token(for: server)
      return Place(
        deployment: RemoteDeployment(
          transport: try HTTPTransport.transport(to: server, token: token)
        ),
        local: nil,
        server: server
      )
    }
    return try await openLocal().place
  }

  /// The deployment on this machine, for commands that need its keys or its files.
  func openLocal() async throws -> Local {
    try await Self.open(try localHome())
  }

  /// The same, where what was asked for cannot be had from a server.
  func openHome() async throws -> Local {
    try await Self.open(try Self.localHome(named: home, takesServer: false))
  }

  /// The home folder that is meant, without looking into it.
  func localHome() throws -> Home { try Self.localHome(named: home, takesServer: true) }

  /// The home folder that a command means, which may have been able to go to a server instead.
  fileprivate static func localHome(named home: String?, takesServer: Bool) throws -> Home {
    let settings = try Settings.current()
    if let named = home ?? settings.home {
      return Home(at: Files.url(named))
    }
    let usual = Settings.usualHome
    guard Files.exists(usual) else { throw Nowhere(takesServer: takesServer) }
    return Home(at: usual)
  }

  /// The deployment in a home folder.
  fileprivate static func open(_ home: Home) async throws -> Local {
    let ledger = try await Ledger.open(home)
    try await ledger.settle(at: Clock.now())
    return Local(home: home, ledger: ledger)
  }

  /// What a place is, once opened.
  struct Place {
    let deployment: any Deployment
    let local: Local?
    let server: String?

    /// What a principal sees here; over HTTP that is whoever the token names, and nobody else.
    func reading(as principal: Principal.ID?) throws -> any Deployment {
      guard let principal else { return deployment }
      guard let local else {
        throw ValidationError("--as goes with --home: a token says who reads")
      }
      return LocalDeployment(
        local.ledger,
        reader: .principal(principal, token: ""),
        clock: Clock.now
      )
    }
  }

  /// A deployment on this machine.
  struct Local {
    let home: Home
    let ledger: Ledger

    /// The same, asked as the operator at the shell.
    var deployment: LocalDeployment {
      LocalDeployment(ledger, reader: .operator, clock: Clock.now)
    }

    /// Refuses a name that nobody has here, and says whose was meant.
    func requireKnown(_ principal: Principal.ID) async throws {
      let known = try await ledger.persons().map(\.id)
      guard !known.contains(principal) else { return }
      let names = known.filter { $0.kind == principal.kind }.map(\.name)
      let meant = Spelling.nearest(to: principal.name, among: names)
      let next =
        meant.map { "If that is meant: the same command with \($0) for \(principal.name)" }
        ?? "Those who are known: sluice person list"
      throw Refused(
        problem: Problem(
          code: Refusal.unfit("").code,
          detail: "Nobody is registered as \(principal)"
            + (meant.map { "; did you mean \($0)?" } ?? "."),
          next: [next, "Make them known: sluice person add NAME"]
        )
      )
    }

    /// The same as a place where statements are made.
    var place: Place { Place(deployment: deployment, local: self, server: nil) }
  }

  /// Nothing says where to act.
  struct Nowhere: Advised {
    /// Whether the command could act at a server as well.
    let takesServer: Bool

    var detail: String {
      if takesServer {
        return "no deployment is here and no server is named: give --home DIR or --server URL"
      }
      return Settings.namedServer == nil
        ? "no deployment is here: give --home DIR"
        : "no deployment is here, and this is done where one is kept, not at a server"
    }

    var next: [String] {
      guard !takesServer else {
        return [
          "Name the daemon, here or with SLUICE_SERVER: the same command with --server URL",
          "Who operates a deployment names its folder: the same command with --home DIR",
        ]
      }
      guard Settings.namedServer == nil else {
        return ["Have its operator do it, who names the folder: the same command with --home DIR"]
      }
      return [
        "Make a deployment: sluice init",
        "Or, with a model in it: sluice quickstart DIR --release OWNER/NAME",
      ]
    }
  }
}

/// The deployment on this machine, for commands that a daemon does not offer.
struct AtHome: ParsableArguments {
  @Option(help: "The deployment's home folder (or SLUICE_HOME).", completion: .directory)
  var home: String?

  /// Opens it.
  func openLocal() async throws -> Where.Local { try await Where.open(try localHome()) }

  /// The home folder that is meant, without looking into it.
  func localHome() throws -> Home { try Where.localHome(named: home, takesServer: false) }

  /// Says that the server of the environment is not asked, where nothing else says what is meant.
  func tellWhere(_ rendering: Rendering) throws {
    guard home == nil, let server = Settings.namedServer else { return }
    let folder = try localHome().folder.typed
    rendering.tell("this is about the deployment in \(folder), not about SLUICE_SERVER, \(server)")
  }
}

/// Who reads: the flag of commands that show what depends on it.
struct Reader: ParsableArguments {
  @Option(name: .customLong("as"), help: "See it as this person does; only with --home.")
  var principal: PersonName?
}

/// The process's one clock.
enum Clock {
  static func now() -> Instant { Instant(seconds: Int(Date().timeIntervalSince1970)) }
}

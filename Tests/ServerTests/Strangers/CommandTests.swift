import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SluiceServer
import Synchronization
import Testing

/// Commands over HTTP, run as people run them.
@Suite("A stranger's command")
struct CommandTests {
  @Test func `is among those that are tried, and none is forgotten`() async throws {
    let program = try Program()
    let commands = try await program.commands()
    try program.leave()
    let remote = commands.filter(\.takesServer).map(\.words)
    #expect(remote.count > 40)
    let untried = remote.filter { words in
      !Commands.all.contains { $0 == words || $0.hasPrefix(words + " ") }
    }
    #expect(untried == [])
    let gone = Commands.all.filter { line in
      !remote.contains { line == $0 || line.hasPrefix($0 + " ") }
    }
    #expect(gone == [])
  }

  @Test(arguments: [Town.State.reserved, .adopted])
  func `says the same as if there were no such release`(state: Town.State) async throws {
    // How far a hidden release has come makes a difference for one stranger if it does for any.
    let readers: [Reader] = state == .adopted ? [.anonymous, .unvetted, .other] : [.other]
    let hidden = try await Town.deployed(state)
    let missing = try await Town.deployed(.missing)
    for reader in readers {
      let said = try await hidden.outputs(of: Commands.aboutRelease, as: reader)
      let silent = try await missing.outputs(of: Commands.aboutRelease, as: reader)
      for (line, (one, other)) in zip(Commands.aboutRelease, zip(said.seen, silent.seen)) {
        #expect(one == other, "\(line) as \(reader.rawValue)")
      }
    }
  }

  /// What a command shows follows from what it asks for: that every route is in the tables covers it.
  @Test(arguments: [Reader.other, .beneficiary, .steward])
  func `asks nothing but what is in the tables`(reader: Reader) async throws {
    let deployed = try await Town.deployed(.public)
    let errands = try Errand.all(try await Matter(of: deployed))
    let asked = try await deployed.outputs(of: Commands.all, as: reader).asked
    #expect(asked.count > 15)
    let routes = deployed.router().routes.filter { route in
      errands.contains { $0.isServed(by: route.method, "\(route.path)") }
    }
    for request in asked {
      #expect(
        routes.contains {
          $0.method == request.method && Errand.isServed(request.target, by: "\($0.path)")
        },
        "\(request.method) \(request.target)"
      )
    }
  }
}

extension Deployed {
  /// What a program asks for.
  fileprivate struct Asked: Hashable, Sendable {
    let method: HTTPRequest.Method
    let target: String
  }

  /// What commands say as somebody, and all that they asked for.
  fileprivate func outputs(
    of lines: [String],
    as reader: Reader
  ) async throws -> (seen: [Program.Seen], asked: Set<Asked>) {
    let program = try Program()
    let token = reader.name.map { tokens[$0] ?? "hf_unknown" }
    let listener = Listener(router().buildResponder())
    let application = Application(
      responder: listener,
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      logger: FileServer.quiet
    )
    let seen = try await application.test(.live) { client in
      let port = client.port ?? 0
      var seen: [Program.Seen] = []
      for line in lines { seen.append(try await program.run(line, at: port, token: token)) }
      return seen
    }
    try program.leave()
    return (seen, listener.asked.withLock { $0 })
  }

  /// Answers as another does, and keeps what was asked for.
  private final class Listener<Base: HTTPResponder>: HTTPResponder
  where Base.Context == SluiceContext {
    let asked = Mutex<Set<Asked>>([])
    private let base: Base

    init(_ base: Base) { self.base = base }

    func respond(to request: Request, context: SluiceContext) async throws -> Response {
      asked.withLock { _ = $0.insert(Asked(method: request.method, target: request.uri.path)) }
      return try await base.respond(to: request, context: context)
    }
  }
}

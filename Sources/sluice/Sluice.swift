import ArgumentParser

/// The program: one file a subcommand, each of which parses, makes one call and renders.
@main
struct Sluice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "Release machine-learning models in stages, and prove who received what.",
    discussion: """
      Operators begin with `sluice quickstart DIR --release OWNER/NAME`; requesters with \
      `sluice request`; approvers with `sluice cases`; auditors with `sluice audit who`. \
      `sluice demo` shows the whole story in a minute.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(
        name: "The deployment",
        subcommands: [
          Quickstart.self, Init.self, Serve.self, PersonCommand.self, TokenCommand.self,
          Signers.self, LogCommand.self, Login.self, Demo.self,
        ]
      ),
      CommandGroup(
        name: "Release, request, decide",
        subcommands: [
          PolicyCommand.self, ReleaseCommand.self, Bind.self, Open.self, Request.self, Cases.self,
          Show.self, Approve.self, Deny.self, Revoke.self, Explain.self, Grants.self,
        ]
      ),
      CommandGroup(
        name: "Receive, verify, audit",
        subcommands: [Download.self, Verify.self, Logits.self, Audit.self]
      ),
    ]
  )

  /// Runs the command and turns whatever it throws into words and an exit status, here only.
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Exit.leave(on: error, asJSON: arguments.contains("--json"), as: Self.self)
    }
  }
}

/// The program's version.
enum Version {
  static let text = "0.1.0"
}

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
      Example: sluice demo
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(
        name: "The deployment",
        subcommands: [
          Quickstart.self, Init.self, Serve.self, PersonCommand.self, KeyCommand.self,
          TokenCommand.self, Signers.self, LogCommand.self, ClockCommand.self, DoctorCommand.self,
          EraseCommand.self, Login.self, Register.self, Demo.self,
        ]
      ),
      CommandGroup(
        name: "Release, request, decide",
        subcommands: [
          PolicyCommand.self, ReleaseCommand.self, Bind.self, Open.self, EvidenceCommand.self,
          CredentialCommand.self, Retract.self, GroupCommand.self, TermsCommand.self,
          FormCommand.self, Request.self, Cases.self, Show.self, Approve.self, Deny.self,
          Return.self, Recuse.self, Decide.self, Revise.self, Withdraw.self, Appeal.self,
          Renew.self, Surrender.self, Answer.self, Accept.self, Emergency.self, Comment.self,
          FlagCommand.self, Delegate.self, HoldCommand.self, Holds.self, Lift.self, Revoke.self,
          StatementCommand.self, Submit.self, Explain.self, Grants.self,
        ]
      ),
      CommandGroup(
        name: "Receive, verify, audit",
        subcommands: [
          Download.self, Verify.self, Logits.self, WhoCommand.self, Audit.self, Report.self,
        ]
      ),
    ]
  )

  /// Runs the command and turns whatever it throws into words and an exit status, here only.
  static func main() async {
    let typed = Typed.current
    var running: (any ParsableCommand)?
    do {
      var command = try parseAsRoot(typed.words)
      running = command
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      await Exit(typed: typed, command: running).leave(on: error)
    }
  }
}

/// The program's version.
enum Version {
  static let text = "0.1.0"
}

import ArgumentParser

/// `sluice credential`: what trusted issuers say of people.
struct CredentialCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "credential",
    abstract: "Vouch for people.",
    discussion:
      "Example: sluice credential add bob --release ana/tiny --type email-domain --value verified=true",
    subcommands: [CredentialAdd.self]
  )
}

import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer

/// `sluice quickstart`: from a model directory to a gated release, in one command.
struct Quickstart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "From nothing to a gated release of your own model directory.",
    discussion: """
      Looks for your key, shows who would get which files and asks once. Then it creates the \
      deployment if there is none, writes a policy and a roster, binds the files, opens the code to \
      everyone and the weights to people whom you approve. Afterwards `sluice serve`.
      Example: sluice quickstart ./tiny --release ana/tiny
      """
  )

  @Option(
    name: .customLong("as"),
    help: "Who you are, as person:NAME or NAME; default: your login name."
  )
  var person: PersonName?

  @Option(
    help: "The SSH key file to sign with; default: ~/.ssh/id_ed25519, then the agent's first.",
    completion: .file()
  )
  var key: String?

  @Flag(help: "Sign without asking.")
  var yes = false

  @OptionGroup var rendering: Rendering

  @Argument(
    help: "The directory with the model: config.json, *.safetensors, tokenizer, …",
    completion: .directory
  )
  var directory: String

  @Option(help: "The release's name, OWNER/NAME.")
  var release: Release.ID

  @Option(
    help: "The deployment's home folder; default ~/.local/share/sluice (or SLUICE_HOME).",
    completion: .directory
  )
  var home: String?

  @Option(
    help: "The log's name, if the deployment is created. Default: localhost/ and random digits."
  )
  var origin: String?

  @Option(
    help: "Another policy with the tiers code and weights; its texts lie beside it.",
    completion: .file()
  )
  var policy: String?

  @Option(
    name: .customLong("public"),
    help: "Files that everyone may have; may be given more than once."
  )
  var publicGlobs: [String] = []

  @Option(
    name: .customLong("gated"),
    help: "Files that are gated; of all patterns the last match wins."
  )
  var gatedGlobs: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: "Files that stay out of the release; may be given more than once."
  )
  var excludedGlobs: [String] = []

  func run() async throws {
    // Without a key nothing comes of it, whatever the files are.
    let key = try Beginning.key(named: key)
    let all = try Selection(of: Files.url(directory))
    let sharing = Sharing(arguments: CommandLine.arguments)
    try sharing.check(all)
    let selection = all.filter { !sharing.isExcluded($0) }
    let code = selection.filter(sharing.isPublic)
    try check(selection, code)
    let name = try person?.id ?? Principal.ID(parsing: "person:\(NSUserName())")
    if let policy { try Beginning.check(policy: policy, for: release, by: name, with: key) }
    show(selection, code, in: all)
    if !yes {
      let question =
        "Publish it as \(release), with \(name.name) as its steward (another name: --as NAME)?"
      guard Terminal.confirms(question) else { throw Act.Declined() }
    }
    // Before anything is made: files that are refused leave no home, no case and no blob behind.
    for part in [code, selection] { try Binding.check(part) }
    let local = try await place()
    let beginning = Beginning(
      local: local,
      release: release,
      person: name,
      key: key,
      policy: policy,
      rendering: rendering
    )
    let outcome = try await beginning.run(code: code, weights: selection, of: all)
    rendering.show(outcome.text, json: outcome.json)
  }

  /// The deployment that is there, or a new one.
  private func place() async throws -> Where.Local {
    let home = try Init.home(named: home)
    if !Files.exists(home.database) {
      let origin = origin ?? Init.randomOrigin()
      let words = ["init", "--home", home.folder.typed, "--origin", origin]
      rendering.tell("$ " + Typed(words: words).text)
      _ = try await Ledger.create(in: home, origin: origin, at: Clock.now())
    }
    let ledger = try await Ledger.open(home)
    try await ledger.settle(at: Clock.now())
    return Where.Local(home: home, ledger: ledger)
  }

  /// Refuses a directory, or a division of it, from which no gated release comes.
  private func check(_ selection: Selection, _ code: Selection) throws {
    let isWeights = { (file: Selection.File) in file.path.hasSuffix(".safetensors") }
    let gated = Set(selection.files).subtracting(code.files)
    guard selection.files.contains(where: isWeights) else {
      throw Unfit.noWeights(in: directory, selection)
    }
    guard !code.files.isEmpty else {
      let other = selection.files.first { !isWeights($0) && !Sharing.isSecret($0.path) }
      throw Unfit(
        detail: "no file would be public; name some with --public GLOB",
        next: [
          other.map { "Open one to everyone: the same command with --public \($0.path)" }
            ?? "Put a README.md beside the weights, which says what they are."
        ]
      )
    }
    guard gated.contains(where: isWeights) else {
      throw Unfit(
        detail: "no weights would be gated: everyone would have every *.safetensors",
        next: ["Gate them: the same command with --gated *.safetensors"]
      )
    }
  }

  private func show(_ selection: Selection, _ code: Selection, in all: Selection) {
    let open = Set(code.files.map(\.path))
    rendering.tell(
      Table(
        headings: ["FILE", "SIZE", "WHO"],
        rows: selection.files.map { file in
          [file.path, readable(file.size), open.contains(file.path) ? "everyone" : "gated"]
        }
      ).text
    )
    let excluded = Set(all.files).subtracting(selection.files).map(\.path).sorted()
    for path in selection.leftOut + excluded { rendering.tell("left out: \(path)") }
    for file in selection.files where Sharing.isSecret(file.path) {
      let glob = Typed.quoted(file.path)
      rendering.tell(
        "warning: \(file.path) looks like a secret; it is gated, and stays out with --exclude \(glob)"
      )
    }
  }
}

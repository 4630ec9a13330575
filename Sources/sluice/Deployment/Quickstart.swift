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
      Creates the deployment if there is none, writes a policy and a roster, binds the files, opens \
      the code to everyone and the weights to people whom you approve. Afterwards `sluice serve`.
      Example: sluice quickstart ./tiny --release ana/tiny
      """
  )

  @OptionGroup var who: Who
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

  func run() async throws {
    let selection = try Selection(of: Files.url(directory))
    let sharing = Sharing(arguments: CommandLine.arguments)
    let code = selection.filter(sharing.isPublic)
    guard selection.files.contains(where: { $0.path.hasSuffix(".safetensors") }) else {
      throw Malformed("quickstart", "\(directory) holds no weights (*.safetensors)")
    }
    guard !code.files.isEmpty else {
      throw Malformed("quickstart", "no file would be public; name some with --public GLOB")
    }
    let key = try Beginning.key(who)
    let name = try who.principal?.id ?? Principal.ID(parsing: "person:\(NSUserName())")
    show(selection, code)
    if !who.yes {
      let question =
        "Publish it as \(release), with \(name.name) as its steward (another name: --as NAME)?"
      guard Terminal.confirms(question) else { throw Act.Declined() }
    }
    let local = try await place()
    let beginning = Beginning(
      local: local,
      release: release,
      person: name,
      key: key,
      policy: policy,
      rendering: rendering
    )
    let outcome = try await beginning.run(code: code, weights: selection)
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

  private func show(_ selection: Selection, _ code: Selection) {
    let open = Set(code.files.map(\.path))
    rendering.tell(
      Table(
        headings: ["FILE", "SIZE", "WHO"],
        rows: selection.files.map { file in
          [file.path, readable(file.size), open.contains(file.path) ? "everyone" : "gated"]
        }
      ).text
    )
    for path in selection.leftOut { rendering.tell("left out: \(path)") }
  }
}

/// Which files everyone may have.
struct Sharing {
  private let rules: [(isPublic: Bool, glob: String)]

  /// Reads `--public` and `--gated` in the order in which they were typed.
  init(arguments: [String]) {
    var rules: [(Bool, String)] = []
    for (index, argument) in arguments.enumerated() {
      for (flag, isPublic) in [("--public", true), ("--gated", false)] {
        if argument == flag, index + 1 < arguments.count {
          rules.append((isPublic, arguments[index + 1]))
        } else if argument.hasPrefix(flag + "=") {
          rules.append((isPublic, String(argument.dropFirst(flag.count + 1))))
        }
      }
    }
    self.rules = rules
  }

  /// What everyone may have by default: small files of kinds that are known to describe a model.
  ///
  /// Anything else is gated, so that weights in another format, or a secret that lay about, are not
  /// published by accident.
  private static let described = [
    "*.json", "*.md", "*.txt", "*.model", "*.py", "*.jinja", "LICENSE*", "NOTICE*", "README*",
  ]

  /// Whether everyone may have a file.
  func isPublic(_ file: Selection.File) -> Bool {
    if let rule = rules.last(where: { fnmatch($0.glob, file.path, 0) == 0 }) {
      return rule.isPublic
    }
    let isHidden = file.path.split(separator: "/").contains { $0.hasPrefix(".") }
    guard !isHidden, file.size < 10 << 20, !file.path.hasSuffix(".safetensors.index.json") else {
      return false
    }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return Self.described.contains { fnmatch($0, name, 0) == 0 }
  }
}

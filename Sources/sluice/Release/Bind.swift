import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer

/// `sluice bind`: say which files a tier consists of.
struct Bind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bind a directory to a tier: check, hash, import and sign its files.",
    discussion: """
      Pickles, malformed safetensors files, symbolic links and weights that do not fit config.json \
      are refused, and then nothing is kept. It goes with --home: weights and the release key are the \
      operator's.
      Example: sluice bind ana/tiny weights ./checkpoint
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The tier.")
  var tier: Tier.ID

  @Argument(help: "The directory with the tier's files.", completion: .directory)
  var directory: String

  @Option(
    help: "Take only files with this path, or that this pattern fits; may be given more than once."
  )
  var only: [String] = []

  @Option(
    help:
      "A JSON file, {\"probes\":[{\"ids\":[…]},…]}: token ids to be recorded with what comes out.",
    completion: .file()
  )
  var probes: String?

  @Flag(help: "Bind as service:clerk (the roster must give it a role).")
  var clerk = false

  @Flag(help: "Move the files instead of copying them.")
  var move = false

  @Flag(help: "Let NaN and infinity in weights pass.")
  var allowNonfinite = false

  func run() async throws {
    try Self.requireHere(place)
    let local = try await place.openLocal()
    let act =
      clerk
      ? try await Act.clerk(at: local, release: release)
      : try await Act.begin(who, at: local.place, release: release)
    let selection = try selection()
    for path in selection.leftOut { rendering.tell("left out: \(path)") }
    let bound = try await Self.bind(
      selection,
      to: tier,
      in: local,
      by: act,
      options: .init(
        movesFiles: move,
        allowsNonFinite: allowNonfinite,
        probes: try furtherProbes()
      ),
      progress: rendering.progress("bind \(tier)", total: selection.bytes)
    )
    for warning in bound.warnings { rendering.tell("note: \(warning)") }
    rendering.show(Self.text(bound), json: bound.json)
  }

  /// The files of the directory, or those that are named.
  ///
  /// - Throws: `Malformed` for a name that no file has.
  private func selection() throws -> Selection {
    let all = try Selection(of: Files.url(directory))
    guard !only.isEmpty else { return all }
    for name in only where !all.files.contains(where: { Self.fits(name, $0.path) }) {
      let advice = Spelling.advice(on: name, among: all.files.map(\.path))
      throw Malformed(directory, "no file is called \(name); \(advice)")
    }
    return all.filter { file in only.contains { Self.fits($0, file.path) } }
  }

  /// The token ids of the file, read strictly.
  private func furtherProbes() throws -> [[Int]] {
    guard let probes else { return [] }
    let file = try JSONValue(parsing: Files.bytes(at: probes), .document, format: probes)
    var fields = try JSONFields(file, format: probes)
    var lists: [[Int]] = []
    for value in try fields.array("probes") {
      var item = try JSONFields(value, format: probes, path: "probes")
      let ids = try item.array("ids").map(\.integerValue)
      try item.finish()
      guard !ids.isEmpty, !ids.contains(nil) else {
        throw Malformed(probes, "ids: must be a list of token ids")
      }
      lists.append(ids.compactMap(\.self))
    }
    try fields.finish()
    return lists
  }

  /// Whether a name is a path, or a pattern that it fits.
  private static func fits(_ name: String, _ path: String) -> Bool {
    name.utf8.elementsEqual(path.utf8) || fnmatch(name, path, 0) == 0
  }

  static func bind(
    _ selection: Selection,
    to tier: Tier.ID,
    in local: Where.Local,
    by act: Act,
    options: Binding.Options = .init(),
    progress: Progress
  ) async throws -> Binding.Bound {
    let binding = Binding(
      ledger: local.ledger,
      home: local.home,
      release: act.release,
      tier: tier
    )
    let bound = try await Interruption.cancelling {
      try await binding.bind(
        selection,
        options: options,
        at: Clock.now(),
        progress: { bytes in Task { await progress.add(bytes) } },
        sign: { manifest in try act.envelopes([try act.draft.bind(tier, to: manifest)])[0] }
      )
    }
    await progress.end()
    return bound
  }

  static func text(_ bound: Binding.Bound) -> String {
    "bound \(bound.tier): \(bound.files) files, \(readable(bound.bytes)), manifest \(bound.manifest.hex)"
  }
}

extension Binding.Bound {
  /// `{"bytes","files","manifest_sha256","tier"}`.
  var json: JSONValue {
    .object([
      "bytes": .integer(bytes), "files": .integer(files),
      "manifest_sha256": .string(manifest.hex), "tier": .string(tier.rawValue),
    ])
  }
}

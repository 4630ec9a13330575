import Foundation
import SluiceEncoding
import SluiceServer

/// Which files of a directory everyone may have, and which stay out of the release.
struct Sharing {
  private enum Fate { case everyone, gated, out }

  private struct Rule {
    let flag: String
    let glob: String
    let fate: Fate

    func matches(_ file: Selection.File) -> Bool { fnmatch(glob, file.path, 0) == 0 }
  }

  private let rules: [Rule]

  /// Reads `--public`, `--gated` and `--exclude` in the order in which they were typed.
  init(arguments: [String]) {
    let fates: [(String, Fate)] = [
      ("--public", .everyone), ("--gated", .gated), ("--exclude", .out),
    ]
    var rules: [Rule] = []
    for (index, argument) in arguments.enumerated() {
      for (flag, fate) in fates {
        if argument == flag, index + 1 < arguments.count {
          rules.append(Rule(flag: flag, glob: arguments[index + 1], fate: fate))
        } else if argument.hasPrefix(flag + "=") {
          let glob = String(argument.dropFirst(flag.count + 1))
          rules.append(Rule(flag: flag, glob: glob, fate: fate))
        }
      }
    }
    self.rules = rules
  }

  /// Refuses a pattern that no file has: whoever slipped would gate or open the wrong ones.
  func check(_ selection: Selection) throws(Unfit) {
    let paths = selection.files.map(\.path)
    for rule in rules where !selection.files.contains(where: rule.matches) {
      let meant = Spelling.nearest(to: rule.glob, among: paths)
      let advice = Spelling.advice(on: rule.glob, among: paths)
      throw Unfit(
        detail: "\(rule.flag) \(rule.glob): no file of the directory is so called; \(advice)",
        next: meant.map { ["If that is meant: the same command with \($0) for \(rule.glob)"] } ?? []
      )
    }
  }

  /// What everyone may have by default: small files of kinds that are known to describe a model.
  ///
  /// Anything else is gated, so that weights in another format, or a secret that lay about, are not
  /// published by accident.
  private static let described = [
    "*.json", "*.md", "*.txt", "*.model", "*.py", "*.jinja", "LICENSE*", "NOTICE*", "README*",
  ]

  /// Names under which keys and passwords lie about, in small letters.
  private static let secrets = [
    "*credentials*", "*.key", "*.pem", "*.p12", "*.pfx", ".env", ".env.*", ".netrc", "id_rsa*",
    "id_ecdsa*", "id_ed25519*", "secrets.*",
  ]

  /// Whether a file is so called as secrets are; everyone never gets it.
  static func isSecret(_ path: String) -> Bool {
    let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
    return secrets.contains { fnmatch($0, name, 0) == 0 }
  }

  /// Whether a file stays out of the release; no other rule takes it in again.
  func isExcluded(_ file: Selection.File) -> Bool {
    rules.contains { $0.fate == .out && $0.matches(file) }
  }

  /// Whether everyone may have a file.
  func isPublic(_ file: Selection.File) -> Bool {
    guard !Self.isSecret(file.path) else { return false }
    if let rule = rules.last(where: { $0.fate != .out && $0.matches(file) }) {
      return rule.fate == .everyone
    }
    let isHidden = file.path.split(separator: "/").contains { $0.hasPrefix(".") }
    guard !isHidden, file.size < 10 << 20, !file.path.hasSuffix(".safetensors.index.json") else {
      return false
    }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return Self.described.contains { fnmatch($0, name, 0) == 0 }
  }
}

/// Why quickstart cannot begin with a directory.
struct Unfit: Advised {
  let detail: String
  let next: [String]

  /// There are no weights in the one format that is released.
  static func noWeights(in directory: String, _ selection: Selection) -> Unfit {
    let endings = [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"]
    let pickles = selection.files.map(\.path).filter { path in
      endings.contains { path.lowercased().hasSuffix($0) }
    }
    guard let first = pickles.first else {
      return Unfit(
        detail: "\(directory) holds no weights (*.safetensors)",
        next: ["Name the directory with config.json and *.safetensors: sluice quickstart --help"]
      )
    }
    let program = """
      from torch import load; from safetensors.torch import save_file; \
      w = load("\(first)", map_location="cpu", weights_only=True); \
      save_file({k: v.clone().contiguous() for k, v in w.items()}, "model.safetensors", {"format": "pt"})
      """
    return Unfit(
      detail: """
        \(directory) holds its weights as pickles only (\(pickles.joined(separator: ", "))), which are \
        programs; release *.safetensors instead
        """,
      next: [
        "Convert, in that directory: python3 -c '\(program)'",
        "And keep the pickles out: the same command with --exclude \(first)",
      ]
    )
  }
}

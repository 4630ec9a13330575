import Foundation
import SluiceEncoding

/// What the program says of itself with `--experimental-dump-help`: every command, recursively.
struct Manual {
  /// One command.
  struct Entry: CustomStringConvertible {
    /// The words by which it is called.
    let path: [String]
    /// What its help says below the abstract.
    let discussion: String
    /// Its long options, with their hyphens.
    let options: Set<String>
    /// Whether it only groups other commands.
    let isGroup: Bool

    var description: String { path.joined(separator: " ") }

    /// The words after the program's name in the example of its help.
    var example: [String]? {
      let lines = discussion.split(separator: "\n").filter { $0.hasPrefix("Example: sluice ") }
      guard lines.count == 1, let line = lines.first else { return nil }
      // What a shell does with the rest of the line is no word of the program's.
      return Array(Transcript.words(String(line)).dropFirst(2).prefix { $0 != ">" })
    }
  }

  /// The program itself first, then its commands, each before those below it.
  let entries: [Entry]

  /// Commands that do something.
  var commands: [Entry] { entries.filter { !$0.isGroup } }

  init() throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: Stage.program)
    process.arguments = ["--experimental-dump-help"]
    process.standardOutput = pipe
    try process.run()
    let printed = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let dump = try JSONValue(
      parsing: Array(printed),
      .document.limited(to: 16 << 20),
      format: "help"
    )
    entries = Self.entries(of: dump.objectValue?["command"], below: [])
  }

  private static func entries(of command: JSONValue?, below parents: [String]) -> [Entry] {
    guard let members = command?.objectValue, let name = members["commandName"]?.stringValue,
      name != "help"
    else { return [] }
    let path = name == "sluice" ? [] : parents + [name]
    let below = (members["subcommands"]?.arrayValue ?? [])
      .flatMap { entries(of: $0, below: path) }
    let names = (members["arguments"]?.arrayValue ?? [])
      .flatMap { $0.objectValue?["names"]?.arrayValue ?? [] }
      .compactMap { $0.objectValue?["name"]?.stringValue }
    let entry = Entry(
      path: path,
      discussion: members["discussion"]?.stringValue ?? "",
      options: Set(names.filter { $0.count > 1 }.map { "--\($0)" }),
      isGroup: !below.isEmpty
    )
    return [entry] + below
  }
}

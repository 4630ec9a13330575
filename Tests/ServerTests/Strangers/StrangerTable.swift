import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

/// What each reader learns by each errand in each state, in words; a section for an errand.
///
/// States in which everybody learns the same stand together, and so do readers who learn the same.
struct StrangerTable {
  /// A state with its name.
  struct World {
    let name: String
    let deployed: Deployed
    let errands: [Errand]
    /// Whether everybody asks through the contract too; else their routes and the operator alone do.
    var isAskedByCommands = true
  }

  /// Everybody who learned the same.
  private typealias Column = [(words: String, readers: [Reader])]

  private let subject: String
  private var titles: [String: String] = [:]
  private var order: [String] = []
  private var found: [String: [(world: String, column: Column)]] = [:]

  /// A table; `subject` says what is asked about.
  init(_ subject: String) { self.subject = subject }

  /// Asks everything in a state, by its route and, if a command can, through the contract at the
  /// machine and over HTTP; every way to ask has to show the same.
  mutating func add(_ world: World) async throws {
    let columns = try await world.deployed.serving { served in
      var columns: [(Errand, Column)] = []
      for errand in world.errands {
        columns.append((errand, try await Self.column(errand, in: world, served)))
      }
      return columns
    }
    for (errand, column) in columns {
      if titles[errand.name] == nil { order.append(errand.name) }
      titles[errand.name] = titles[errand.name] ?? errand.title
      found[errand.name, default: []].append((world.name, column))
    }
  }

  private static func column(
    _ errand: Errand,
    in world: World,
    _ served: Served
  ) async throws -> Column {
    var column: Column = []
    func note(_ words: String, _ reader: Reader) {
      guard let place = column.firstIndex(where: { $0.words == words }) else {
        return column.append((words, [reader]))
      }
      column[place].readers.append(reader)
    }
    for reader in Reader.online {
      let words = try Finding.words(try await served.answer(errand, as: reader.name), to: reader)
      note(words, reader)
      guard world.isAskedByCommands else { continue }
      let ways: [(String, any Deployment)] = [
        ("at the machine", try await reader.local(world.deployed)),
        ("over HTTP", served.remote(reader.name)),
      ]
      for (way, deployment) in ways {
        let same = try await Finding.words(errand, by: deployment, to: reader) ?? words
        #expect(same == words, "\(way): \(errand.name), \(world.name), as \(reader.rawValue)")
      }
    }
    let operated = try await Reader.operator.local(world.deployed)
    if let words = try await Finding.words(errand, by: operated, to: .operator) {
      note(words, .operator)
    }
    return column
  }

  /// What is found by each errand.
  private var sections: [String] {
    order.map { name in
      var groups: [(worlds: [String], lines: [String])] = []
      for (world, column) in found[name] ?? [] {
        let lines = column.map { words, readers in
          "    \(words): " + readers.map(\.rawValue).joined(separator: ", ")
        }
        if let place = groups.firstIndex(where: { $0.lines == lines }) {
          groups[place].worlds.append(world)
        } else {
          groups.append(([world], lines))
        }
      }
      let parts = groups.flatMap { worlds, lines in
        ["  \(worlds.joined(separator: ", "))"] + lines
      }
      return (["\(name): \(titles[name] ?? "")"] + parts).joined(separator: "\n")
    }
  }

  /// Compares with the file that was looked through, line by line.
  ///
  /// With `SLUICE_WRITE_TABLES` the file is written instead; whoever does that reads every line that
  /// changed.
  func isAsWritten(in name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Vectors/strangers-\(name).txt")
    let whole = [head] + sections
    if ProcessInfo.processInfo.environment["SLUICE_WRITE_TABLES"] != nil {
      let text = whole.joined(separator: "\n\n") + "\n"
      return try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
      .trimmingCharacters(in: .newlines).components(separatedBy: "\n\n")
    for section in whole {
      #expect(expected.contains(section), "not in \(name)")
    }
    for section in expected {
      #expect(whole.contains(section), "no longer so in \(name)")
    }
    #expect(expected.count == whole.count)
  }

  private var head: String {
    """
    # What each reader learns about \(subject): by an errand, in a state of it, whoever learns the same
    # in one line. Who they are is in Strangers/Reader.swift and Strangers/Town.swift.
    #
    # nothing: CODE    as if there were no such thing
    # no: CODE         refused
    # an answer        one that shows, besides what is the reader's own, nobody and nobody's words
    # ... with         speakers: who speaks for the release; others: anybody else, by name; purposes:
    #                  for what somebody asks; answers, private answers: to a form; addresses: of e-mail;
    #                  why a person is held; a report: what was reported of a leak
    #
    # The operator asks at the machine, and is left out where no command asks.
    """
  }
}

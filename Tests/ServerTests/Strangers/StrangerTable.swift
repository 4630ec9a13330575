import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

/// What each reader learns by each errand in each state: one line for an errand and a state, with a
/// column for each reader.
struct StrangerTable {
  /// Everybody who asks, in the order of the columns; the operator asks at the machine only.
  static let readers = [
    "anonymous", "unknown", "eve", "bob", "mia", "bea", "clerk", "edi", "pia", "ana", "hal", "ida",
  ]

  /// A state with its name.
  struct World {
    let name: String
    let deployed: Deployed
    let errands: [Errand]
    /// Whether commands ask too, at the machine and over HTTP; else routes and the operator alone do.
    var isAskedByCommands = false
  }

  private var cells: [[String: [String]]] = []
  private var errands: [String] = []
  private var worlds: [String] = []

  /// Asks everything in a state; every way to ask has to show the same.
  mutating func add(_ world: World) async throws {
    worlds.append(world.name)
    errands = world.errands.map(\.name)
    cells.append(try await world.deployed.serving { try await Self.column(of: world, $0) })
  }

  private static func column(
    of world: World,
    _ served: Served
  ) async throws -> [String: [String]] {
    var column: [String: [String]] = [:]
    for errand in world.errands {
      var found: [String] = []
      for reader in readers {
        let name = reader == "anonymous" ? nil : reader
        let signs = try Finding.signs(try await served.answer(errand, as: name), to: reader)
        found.append(signs)
        guard world.isAskedByCommands else { continue }
        for (way, deployment) in try await ways(to: world.deployed, served, for: reader) {
          let same = try await Finding.signs(errand, by: deployment, to: reader) ?? signs
          #expect(same == signs, "\(way): \(errand.name) of \(world.name) as \(reader)")
        }
      }
      let operated = try await world.deployed.local(nil)
      found.append(try await Finding.signs(errand, by: operated, to: "operator") ?? ".")
      column[errand.name] = found
    }
    return column
  }

  /// The contract as a command has it: on the machine, and over HTTP.
  private static func ways(
    to deployed: Deployed,
    _ served: Served,
    for reader: String
  ) async throws -> [(String, any Deployment)] {
    let local = try await deployed.local(nil)
    switch reader {
    case "anonymous": return [("here", local.acting(as: .stranger)), ("there", served.remote(nil))]
    case "unknown":
      return [("here", local.acting(as: .unknownToken)), ("there", served.remote(reader))]
    default:
      return [("here", try await deployed.local(reader)), ("there", served.remote(reader))]
    }
  }

  /// The lines, with single spaces.
  var lines: [String] {
    let head = (["errand", "state"] + Self.readers + ["operator"]).joined(separator: " ")
    return [head]
      + errands.flatMap { errand in
        zip(worlds, cells).map { world, column in
          ([errand, world] + (column[errand] ?? [])).joined(separator: " ")
        }
      }
  }

  /// Compares with the file that was looked through, line by line.
  ///
  /// With `SLUICE_WRITE_TABLES` the file is written instead; whoever does that reads every line that
  /// changed.
  func isAsWritten(in name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Vectors/strangers-\(name).txt")
    if ProcessInfo.processInfo.environment["SLUICE_WRITE_TABLES"] != nil {
      return try written.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").joined(separator: " ") }
    let found = lines
    #expect(found.filter { !expected.contains($0) } == [], "not in \(name)")
    #expect(expected.filter { !found.contains($0) } == [], "no longer so in \(name)")
    #expect(expected.count == found.count)
  }

  /// The table as a file has it, in columns.
  private var written: String {
    let rows = lines.map { $0.split(separator: " ").map(String.init) }
    let widths = (0..<(rows.first?.count ?? 0)).map { index in
      rows.map { $0[index].utf8.count }.max() ?? 0
    }
    let body = rows.map { row in
      let padded = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.utf8.count)
      }
      return padded.joined(separator: " ").replacing(/\ +$/, with: "")
    }
    return (Self.legend + body).joined(separator: "\n") + "\n"
  }

  private static let legend = """
    # What each reader learns by each errand in each state (`Strangers`: `Town` says who they are).
    #
    # -  as if there were no such thing    +  an answer, which shows besides the reader's own:
    # 0  an empty list                        r  who speaks for the release
    # t  a token is needed                    @  anybody else by name
    # k  the token counts for nobody          w  for what somebody asks
    # x  not for this reader                  o  somebody's answers to a form
    # g  bytes need a grant                   p  somebody's private answers
    # f  another refusal of rights            h  why a person is held
    # s  as things stand it cannot be         l  what was reported of a leak
    # m  malformed                         .  cannot be asked at the machine
    # e  nothing of that name here
    """.split(separator: "\n").map(String.init)
}

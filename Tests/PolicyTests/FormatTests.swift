import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// `Docs/Formats/policy.md` cannot say what is not so.
@Suite("The manual of the policy language")
struct FormatTests {
  let manual: String
  let policy: String
  let roster: String

  init() throws {
    manual = try Library.text("policy.md", in: Library.formats)
    policy = try #require(try Self.blocks().first { $0.hasPrefix("sluice: policy/1\n") })
    roster = try #require(try Self.blocks().first { $0.hasPrefix("sluice: roster/1\n") })
  }

  @Test func `shows a policy and a roster about which there is nothing to say`() throws {
    let policy = try Policy(text: policy)
    #expect(policy.check(roster: try Roster(text: roster), at: now).map(\.description) == [])
  }

  /// A block without a comment is accepted in silence; any other begins with what is said of it.
  @Test(arguments: try blocks().filter { !$0.hasPrefix("sluice: ") })
  func `shows examples that are as it says`(block: String) throws {
    let expected = block.split(separator: "\n").prefix { $0.hasPrefix("# ") }.map {
      $0.dropFirst(2)
    }
    let example = Example(policy).changed(by: Example(block)).text
    #expect(try said(of: example) == expected.map(String.init))
  }

  @Test func `has every error and every warning`() {
    let errors = (1...22).filter { $0 != 6 }.map { "P0" + ($0 < 10 ? "0\($0)" : "\($0)") }
    for code in errors + (101...111).map({ "W\($0)" }) {
      #expect(manual.contains("\n| \(code) | "), "\(code)")
    }
  }

  /// What the program says that it knows, where it is given a key that it does not know.
  @Test func `has every key`() throws {
    let unknown = "{qqqqqqqqqqqqqqq: 1}"
    let text = """
      qqqqqqqqqqqqqqq: 1
      tiers: {paper: \(unknown)}
      terms: {use: \(unknown)}
      forms: {ask: [\(unknown)]}
      groups: {readers: \(unknown)}
      gates:
        first: \(unknown)
        second:
          require:
            - \(unknown)
            - approve: \(unknown)
            - evidence: \(unknown)
            - credential: \(unknown)
            - after: \(unknown)
      stages:
        first: \(unknown)
        second: {renews: \(unknown), owes: [\(unknown)], delivery: \(unknown)}
      governance: {emergency: \(unknown), qqqqqqqqqqqqqqq: 1}
      on-adoption: {grants: \(unknown), qqqqqqqqqqqqqqq: 1}
      """
    let roster = """
      qqqqqqqqqqqqqqq: 1
      principals: {person:ana: \(unknown)}
      """
    let policyFaults = #expect(throws: PolicyFaults.self) { try Policy(text: text) }
    let rosterFaults = #expect(throws: PolicyFaults.self) { try Roster(text: roster) }
    let messages = [policyFaults, rosterFaults].compactMap { $0?.faults }.joined().map(\.message)
    let known = messages.compactMap { $0.split(separator: "known here: ").dropFirst().first }
    #expect(known.count == 21)
    for key in known.flatMap({ $0.split(separator: ", ") }) {
      #expect(manual.contains("`\(key)`") || manual.contains("`\(key):"), "\(key)")
    }
  }

  private let now = Instant(seconds: 1_767_225_600)

  private func said(of text: String) throws -> [String] {
    do throws(PolicyFaults) {
      let policy = try Policy(text: text)
      return policy.check(roster: try Roster(text: roster), at: now).map(Self.line)
    } catch {
      return error.faults.map(Self.line)
    }
  }

  private static func line(of fault: PolicyFault) -> String { "\(fault.code) \(fault.path)" }

  private static func blocks() throws -> [String] {
    try Library.text("policy.md", in: Library.formats).components(separatedBy: "```")
      .enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      .filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst(5)) }
  }
}

/// A policy's text as the manual's examples change it: by its parts, and by the entries in them.
private struct Example {
  private struct Entry {
    let name: String
    var lines: [String]
  }

  private struct Part {
    let name: String
    var line: String
    var entries: [Entry]
  }

  private var parts: [Part] = []

  init(_ text: String) {
    for line in text.split(separator: "\n").map(String.init) where !line.hasPrefix("#") {
      if !line.hasPrefix(" ") {
        parts.append(Part(name: Self.name(in: line), line: line, entries: []))
      } else if line.hasPrefix("   ") {
        let (part, entry) = (parts.count - 1, parts[parts.count - 1].entries.count - 1)
        parts[part].entries[entry].lines.append(line)
      } else {
        parts[parts.count - 1].entries.append(Entry(name: Self.name(in: line), lines: [line]))
      }
    }
  }

  func changed(by other: Example) -> Example {
    var result = self
    for part in other.parts {
      guard let index = parts.firstIndex(where: { $0.name == part.name }) else {
        result.parts.append(part)
        continue
      }
      guard !part.entries.isEmpty else {
        result.parts[index] = part
        continue
      }
      for entry in part.entries {
        let place = result.parts[index].entries.firstIndex { $0.name == entry.name }
        if let place {
          result.parts[index].entries[place] = entry
        } else {
          result.parts[index].entries.append(entry)
        }
      }
    }
    return result
  }

  var text: String {
    parts.flatMap { [$0.line] + $0.entries.flatMap(\.lines) }.joined(separator: "\n") + "\n"
  }

  private static func name(in line: String) -> String {
    String(line.prefix { $0 != ":" }.drop { $0 == " " })
  }
}

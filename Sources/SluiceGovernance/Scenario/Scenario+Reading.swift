internal import SluiceEncoding

extension Scenario {
  /// Reads a scenario file.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - source: What faults and failures call the file.
  /// - Throws: Every fault at once, each with its line: what cannot be read, sentences that say
  ///   nothing, and instants out of order.
  public init(text: String, source: String = "scenario") throws(Faults) {
    var reading = Reading(source: source)
    let root: MarkedText
    do throws(Unreadable) { root = try MarkedText(text) } catch {
      throw Faults(
        faults: error.refused.map {
          Fault(source: source, line: $0.mark.line, message: $0.what)
        }
      )
    }
    let parts = reading.parts(of: root)
    self.source = source
    policy = reading.text(parts["policy"]) ?? ""
    let given = reading.sentences(parts["given"])
    self.given = given.compactMap { sentence in
      reading.reading(sentence) { at, words throws(Malformed) in
        let (act, name) = try Act.reading(words)
        return Event(at: at, act: act, name: name, line: sentence)
      }
    }
    expected = reading.sentences(parts["expect"]).compactMap { sentence in
      reading.reading(sentence) { at, words throws(Malformed) in
        Expectation(at: at, claim: try Claim.reading(words), line: sentence)
      }
    }
    cast = Cast(
      first: reading.roles(parts["roster"]),
      later: reading.members(parts["rosters"]).map { ($0.name, reading.roles($0.value)) },
      organisations: reading.organisations(parts["organisations"])
    )
    laterPolicies = self.given.compactMap { event in
      if case .said(_, .amend(let policy?, _), _) = event.act { policy } else { nil }
    }
    reading.checkOrder(self.given.map { ($0.at, $0.line) })
    reading.checkOrder(expected.map { ($0.at, $0.line) })
    if expected.isEmpty, reading.faults.isEmpty {
      reading.refuse("expects nothing", at: root.mark.line)
    }
    guard reading.faults.isEmpty else { throw Faults(faults: reading.sorted) }
  }
}

/// Turns a marked text into the parts of a scenario, collecting what is wrong with it.
private struct Reading {
  let source: String
  private(set) var faults: [Scenario.Fault] = []

  init(source: String) { self.source = source }

  var sorted: [Scenario.Fault] { faults.sorted { $0.line < $1.line } }

  mutating func refuse(_ message: String, at line: Int) {
    faults.append(.init(source: source, line: line, message: message))
  }

  mutating func parts(of root: MarkedText) -> [String: MarkedText] {
    let known = ["sluice", "policy", "roster", "rosters", "organisations", "given", "expect"]
    var parts: [String: MarkedText] = [:]
    for entry in members(root) {
      if !known.contains(entry.name) {
        refuse("no key \(MarkedText.printable(entry.name)) in a scenario", at: entry.mark.line)
      }
      parts[entry.name] = entry.value
    }
    for key in ["sluice", "policy", "roster", "given", "expect"] where parts[key] == nil {
      refuse("\(key): missing", at: root.mark.line)
    }
    if let format = parts["sluice"], text(format) != "scenario/1" {
      refuse("sluice: must be scenario/1", at: format.mark.line)
    }
    return parts
  }

  mutating func members(_ part: MarkedText?) -> [MarkedText.Entry] {
    guard let part else { return [] }
    guard case .map(let entries) = part.content else {
      refuse("must be a mapping", at: part.mark.line)
      return []
    }
    return entries
  }

  mutating func items(_ part: MarkedText?) -> [MarkedText] {
    guard let part else { return [] }
    guard case .list(let items) = part.content else {
      refuse("must be a list", at: part.mark.line)
      return []
    }
    return items
  }

  mutating func text(_ part: MarkedText?) -> String? {
    guard let part else { return nil }
    guard case .text(let text) = part.content else {
      refuse("must be text", at: part.mark.line)
      return nil
    }
    return text
  }

  /// Sentences; one with a colon in it is to YAML a mapping of one key.
  mutating func sentences(_ part: MarkedText?) -> [Scenario.Line] {
    items(part).compactMap { item in
      if case .map(let entries) = item.content, entries.count == 1, let entry = entries.first,
        case .text(let rest) = entry.value.content
      {
        return .init(number: item.mark.line, text: "\(entry.name): \(rest)")
      }
      return text(item).map { .init(number: item.mark.line, text: $0) }
    }
  }

  mutating func reading<Part>(
    _ line: Scenario.Line,
    _ read: (Instant, [String]) throws(Malformed) -> Part
  ) -> Part? {
    do throws(Malformed) {
      let words = line.text.split(whereSeparator: \.isWhitespace).map(String.init)
      return try read(try Instant(words.first ?? ""), Array(words.dropFirst()))
    } catch {
      refuse("\(MarkedText.printable(line.text)): \(error.what)", at: line.number)
      return nil
    }
  }

  mutating func principal(_ text: String, at line: Int) -> Principal.ID? {
    do throws(Malformed) { return try Scenario.Cast.principal(text) } catch {
      refuse("\(MarkedText.printable(text)): \(error.what)", at: line)
      return nil
    }
  }

  mutating func roles(_ part: MarkedText?) -> Scenario.Cast.Roles {
    let seats = members(part).map { entry in
      let names = items(entry.value).compactMap { item in
        text(item).flatMap { principal($0, at: item.mark.line) }
      }
      return (role: entry.name, members: names)
    }
    return .init(line: part?.mark.line ?? 1, seats: seats)
  }

  mutating func organisations(_ part: MarkedText?) -> [Principal.ID: Principal.ID] {
    var organisations: [Principal.ID: Principal.ID] = [:]
    for entry in members(part) {
      guard let who = principal(entry.name, at: entry.mark.line),
        let name = text(entry.value),
        let organisation = principal(
          name.contains(":") ? name : "org:\(name)",
          at: entry.value.mark.line
        )
      else { continue }
      organisations[who] = organisation
    }
    return organisations
  }

  mutating func checkOrder(_ lines: [(at: Instant, line: Scenario.Line)]) {
    for (before, after) in zip(lines, lines.dropFirst()) where after.at < before.at {
      refuse("is before the line above it: a story goes on in time", at: after.line.number)
    }
  }
}

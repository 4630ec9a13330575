import Foundation
import Hummingbird
import SluiceServer
import Testing

@Suite("The page on routes")
struct RoutePageTests {
  @Test func `names every own route, and no other`() async throws {
    let deployed = try await Deployed()
    let served = deployed.router().routes
      .map { "\($0.method) \(Self.written("\($0.path)"))" }
      .filter { $0.contains(" /sluice/v1/") }
    let text = try String(contentsOf: FormatPageTests.page, encoding: .utf8)
    let table = text.split(separator: "## ")[1]
    let elsewhere = ["/healthz", "/readyz", "/checkpoint"]
    let written = table.matches(of: /`(GET|POST) (\/[^`?]*)/).map { match -> String in
      "\(match.1) /sluice/v1\(match.2)"
    }
    let named = written.filter { route in !elsewhere.contains { route.hasSuffix($0) } }
    // A row may name several texts below one release.
    let more = table.matches(of: /`…(\/[^`?]*)`/).map { match -> String in
      "GET /sluice/v1/releases/OWNER/NAME\(match.1)"
    }
    #expect(Set(named + more).sorted() == Set(served).sorted())
  }

  /// The path as the page writes it: what varies stands in capitals.
  private static func written(_ path: String) -> String {
    let names = [
      "reference": "REF", "term": "TERM", "form": "FORM", "stage": "STAGE", "sha256": "SHA256",
      "report": "KIND", "grant": "ID", "principal": "PRINCIPAL", "owner": "OWNER", "event": "EVENT",
      "name": "NAME", "secret": "SECRET",
    ]
    return path.split(separator: "/").map { segment in
      let isName = segment.first == ":" || segment.first == "{"
      return isName ? names[segment.filter(\.isAlphanumeric)] ?? "?" : String(segment)
    }.reduce("") { "\($0)/\($1)" }
  }
}

extension Character {
  fileprivate var isAlphanumeric: Bool { isLetter || isNumber }
}

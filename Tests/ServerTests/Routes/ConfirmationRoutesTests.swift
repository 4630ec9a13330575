import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("The link of a mail")
struct ConfirmationRoutesTests {
  private static let form = RegistrationForm(name: "dora", email: "dora@b.example").json.text

  /// The one link in the spool of a home.
  private static func link(in hosted: Hosted) throws -> String {
    let new = hosted.home.mail.appending(path: "new")
    let names = try FileManager.default.contentsOfDirectory(atPath: new.path())
    #expect(names.count == 1)
    let text = try String(contentsOf: new.appending(path: names.first ?? ""), encoding: .utf8)
    return try String(#require(text.firstMatch(of: /http:[^\r]+/)).output)
  }

  @Test func `leads to this daemon, is looked at by GET and followed by POST, once`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    try await hosted.serve { visitor in
      let path = "/sluice/v1/registrations"
      #expect(try await visitor.ask(path, "POST", body: Self.form).status == 200)
      let link = try Self.link(in: hosted)
      // The name that the request gave the daemon is in no mail: it may be somebody else's.
      let root = "http://127.0.0.1:\(visitor.port)"
      #expect(link.hasPrefix("\(root)/sluice/v1/confirmations/"))
      let target = String(link.dropFirst(root.utf8.count))
      let ledger = hosted.deployed.ledger

      for _ in 0..<2 {
        let shown = try await visitor.ask(target)
        #expect(shown.status == 200)
        let page = try ConfirmationPage(json: shown.json)
        #expect(page.principal == "person:dora" && page.email == "dora@b.example")
        #expect(page.confirmedAt == nil)
      }
      let seen = try await visitor.ask(target, fields: ["Accept": "text/html,*/*"])
      #expect(seen.fields["content-type"] == "text/html; charset=utf-8")
      #expect(seen.fields["referrer-policy"] == "no-referrer")
      #expect(String(decoding: seen.body, as: UTF8.self).contains("<form method=\"post\">"))
      #expect(try await ledger.registrant("person:dora")?.confirmedAt == nil)

      let done = try await visitor.ask(target, "POST")
      #expect(try ConfirmationPage(json: done.json).confirmedAt == Deployed.noon)
      #expect(try await ledger.registrant("person:dora")?.confirmedAt == Deployed.noon)
      let again = try await visitor.ask(target, "POST")
      #expect(again.status == 409)
      #expect(try again.json.objectValue?["code"] == "confirmation.used")
      let late = try await visitor.ask(target, fields: ["Accept": "text/html"])
      #expect(String(decoding: late.body, as: UTF8.self).contains("was confirmed at"))
      let wrong = try await visitor.ask(target + "x", "POST")
      #expect(wrong.status == 404)
      #expect(try wrong.json.objectValue?["code"] == "confirmation.unknown")
    }
  }

  @Test func `is gone after a week`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    let registered = try await hosted.deployed.ledger.register(
      .init(name: "dora", email: "dora@b.example"),
      confirmedAt: { "http://a.example\(Path.confirmation($0))" },
      at: Deployed.noon
    )
    let link = try Self.link(in: hosted)
    let target = String(link.dropFirst("http://a.example".utf8.count))
    let late = registered.confirmableUntil
    try await hosted.serve(by: { late }) { visitor in
      for method in ["GET", "POST"] {
        let answer = try await visitor.ask(target, method)
        #expect(answer.status == 410)
        #expect(try answer.json.objectValue?["code"] == "confirmation.ended")
      }
    }
  }
}

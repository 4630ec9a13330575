import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

/// One row of the table of `Docs/Formats/visibility.md` 3: what is done, which entry that leaves, and
/// whether it is about the release.
struct Deed: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: String
  let isAboutRelease: Bool
  let act: @Sendable (inout Town) async throws -> Void

  init(
    _ name: String,
    _ kind: String,
    aboutRelease: Bool,
    _ act: @escaping @Sendable (inout Town) async throws -> Void
  ) {
    self.name = name
    self.kind = kind
    isAboutRelease = aboutRelease
    self.act = act
  }

  var testDescription: String { name }

  static let all = filings + steps + outcomes + orders + records + words + sealed

  static let filings = [
    Deed("file amend", "file", aboutRelease: true) { try await $0.amend() },
    Deed("file open", "file", aboutRelease: true) { _ = try await $0.proposal() },
    Deed("file emergency", "file", aboutRelease: true) { _ = try await $0.emergency() },
    Deed("file access", "file", aboutRelease: false) { _ = try await $0.ask() },
    Deed("file access of a group", "file", aboutRelease: false) {
      _ = try await $0.askForReaders()
    },
    Deed("file renew", "file", aboutRelease: false) { town in
      let grant = try await town.grant()
      town.pass(days: 25)
      try await town.file(.renew(grant.id, purpose: ""), by: "person:bob")
    },
    Deed("file lift of a tier's hold", "file", aboutRelease: true) { town in
      let hold = try await town.hold(town.subject("tier:paper"))
      try await town.file(.lift(hold, purpose: ""), by: "person:ida")
    },
    Deed("file lift of a person's hold", "file", aboutRelease: false) { town in
      let hold = try await town.hold(town.subject("person:bob"))
      try await town.file(.lift(hold, purpose: ""), by: "person:ida")
    },
    Deed("file lift of a key's hold", "file", aboutRelease: false) { town in
      let key = try Town.key("bob").publicKey.fingerprint
      let hold = try await town.hold(town.subject("key:\(key)"))
      try await town.file(.lift(hold, purpose: ""), by: "person:ida")
    },
    Deed("file appeal in an opening", "file", aboutRelease: true) { town in
      let denied = try await town.proposal()
      try await town.deny(denied, by: "person:dee")
      try await town.appeal(denied, by: "service:clerk")
    },
    Deed("file appeal in a request", "file", aboutRelease: false) { town in
      let denied = try await town.ask()
      try await town.deny(denied, by: "person:ana")
      try await town.appeal(denied, by: "person:bob")
    },
  ]

  static let steps = [
    Deed("revise an opening", "revise", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.revise(asked)
    },
    Deed("revise a request", "revise", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.revise(asked)
    },
    Deed("withdraw an opening", "withdraw", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.say(.withdraw(reason: ""), about: asked.subject, by: asked.requester)
    },
    Deed("withdraw a request", "withdraw", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.say(.withdraw(reason: ""), about: asked.subject, by: asked.requester)
    },
    Deed("return an opening", "return", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.giveBack(asked)
    },
    Deed("return a request", "return", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.giveBack(asked)
    },
    Deed("recuse in an opening", "recuse", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.say(.recuse(reason: ""), about: asked.subject, by: "person:ana")
    },
    Deed("recuse in a request", "recuse", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.say(.recuse(reason: ""), about: asked.subject, by: "person:ana")
    },
    Deed("approve an opening", "approve", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.approve(asked, by: "person:ana")
    },
    Deed("approve a request", "approve", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.approve(asked, by: "person:ana")
    },
    Deed("deny an opening", "deny", aboutRelease: true) { town in
      let asked = try await town.proposal()
      try await town.deny(asked, by: "person:ana")
    },
    Deed("deny a request", "deny", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.deny(asked, by: "person:ana")
    },
    Deed("answer for a request", "answer", aboutRelease: false) { town in
      let asked = try await town.ask()
      try await town.answer(.case(asked.id), by: "person:bob")
    },
    Deed("answer for an emergency", "answer", aboutRelease: true) { town in
      let asked = try await town.emergency()
      try await town.answer(.case(asked.id), by: "person:bob")
    },
    Deed("answer after a grant", "answer", aboutRelease: false) { town in
      let grant = try await town.grant()
      town.pass(days: 31)
      try await town.answer(.grant(grant.id), form: "findings", ["found": "x"], by: "person:bob")
    },
  ]

  static let outcomes = [
    Deed("decide an opening", "decide", aboutRelease: true) { try await $0.open("later") },
    Deed("decide an emergency", "decide", aboutRelease: true) { _ = try await $0.grantEmergency() },
    Deed("decide a review", "decide", aboutRelease: true) { town in
      let review = try await town.review()
      try await town.approve(review, by: "person:ben")
    },
    Deed("decide a request", "decide", aboutRelease: false) { try await $0.grant() },
    Deed("issue to a person", "issue", aboutRelease: false) { try await $0.grant() },
    Deed("issue to a group", "issue", aboutRelease: false) { try await $0.grantReaders() },
    Deed("issue of an emergency", "issue", aboutRelease: true) {
      _ = try await $0.grantEmergency()
    },
    Deed("overdue opening", "overdue", aboutRelease: true) { town in
      _ = try await town.proposal()
      try await town.settle(after: 8)
    },
    Deed("overdue request", "overdue", aboutRelease: false) { town in
      _ = try await town.ask()
      try await town.settle(after: 8)
    },
    Deed("overdue debt", "overdue", aboutRelease: false) { town in
      try await town.grant()
      try await town.settle(after: 41)
    },
    Deed("lapse of a review", "lapse", aboutRelease: true) { town in
      _ = try await town.review()
      try await town.settle(after: 4)
    },
    Deed("lapse of a request", "lapse", aboutRelease: false) { town in
      _ = try await town.ask()
      try await town.settle(after: 61)
    },
  ]

  static let orders = [
    Deed("hold a tier", "hold", aboutRelease: true) { town in
      _ = try await town.hold(town.subject("tier:paper"))
    },
    Deed("hold a stage", "hold", aboutRelease: true) { town in
      _ = try await town.hold(town.subject("stage:gated"))
    },
    Deed("hold a person", "hold", aboutRelease: false) { town in
      _ = try await town.hold(town.subject("person:bob"))
    },
    Deed("hold a key", "hold", aboutRelease: false) { town in
      let key = try Town.key("bob").publicKey.fingerprint
      _ = try await town.hold(town.subject("key:\(key)"))
    },
    Deed("hold an opening", "hold", aboutRelease: true) { town in
      let asked = try await town.proposal()
      _ = try await town.hold(asked.subject)
    },
    Deed("hold a request", "hold", aboutRelease: false) { town in
      let asked = try await town.ask()
      _ = try await town.hold(asked.subject)
    },
    Deed("hold a grant", "hold", aboutRelease: false) { town in
      let grant = try await town.grant()
      _ = try await town.hold(grant.subject)
    },
    Deed("hold an emergency's grant", "hold", aboutRelease: true) { town in
      let grant = try await town.grantEmergency()
      _ = try await town.hold(grant.subject)
    },
    Deed("revoke a grant", "revoke", aboutRelease: false) { town in
      let grant = try await town.grant()
      try await town.say(.revoke(.misuse, text: "x"), about: grant.subject, by: "person:hal")
    },
    Deed("revoke an emergency's grant", "revoke", aboutRelease: true) { town in
      let grant = try await town.grantEmergency()
      try await town.say(.revoke(.misuse, text: "x"), about: grant.subject, by: "person:hal")
    },
    Deed("surrender a grant", "surrender", aboutRelease: false) { town in
      let grant = try await town.grant()
      try await town.say(.surrender, about: grant.subject, by: "person:bob")
    },
    Deed("surrender an emergency's grant", "surrender", aboutRelease: true) { town in
      let grant = try await town.grantEmergency()
      try await town.say(.surrender, about: grant.subject, by: "person:bob")
    },
  ]
}

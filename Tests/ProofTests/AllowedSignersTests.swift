import SluiceEncoding
import SluiceProof
import Testing

@Suite("Allowed signers")
struct AllowedSignersTests {
  let key: PublicKey

  init() throws { key = try Vector("sshsig-ed25519.txt").signer() }

  @Test func `are a line a key`() throws {
    let vector = try Vector("sshsig-ed25519.txt")
    let alice = try AllowedSigners.Line(
      principal: "alice@example.org",
      namespaces: ["approval@sluice"],
      key: key
    )
    #expect(try alice.text == vector.line("allowed-signers"))

    let bob = try AllowedSigners.Line(
      principal: "bob",
      namespaces: ["request@sluice", "receipt@sluice"],
      validAfter: Instant("2026-03-01T12:05:09Z"),
      validBefore: Instant("2027-01-01T00:00:00Z"),
      key: key
    )
    #expect(
      AllowedSigners([alice, bob]).text == """
        \(alice.text)
        bob namespaces="request@sluice,receipt@sluice",valid-after="20260301120509Z",\
        valid-before="20270101000000Z" \(key.line)

        """
    )
    #expect(AllowedSigners([]).text == "")
  }

  @Test(arguments: [
    "", "*", "a*", "a?", "!a", "a,b", "a b", "a\n", "-a", ".a", "@a", "_a", "é", "a\"",
    String(repeating: "a", count: 129),
  ])
  func `never name a principal that is a pattern`(principal: String) {
    #expect(throws: Malformed.self) {
      try AllowedSigners.Line(principal: principal, namespaces: ["approval@sluice"], key: key)
    }
  }

  @Test(arguments: [
    "a", "7", "alice@example.org", "a.b_c+d@e-f", String(repeating: "a", count: 128),
  ])
  func `name every principal of the plain form`(principal: String) throws {
    let line = try AllowedSigners.Line(principal: principal, namespaces: ["n"], key: key)
    #expect(line.text.hasPrefix("\(principal) namespaces=\"n\" ssh-ed25519 "))
  }

  @Test(arguments: [[], [""], ["*"], ["a", "!b"], ["a,b"], ["a\""], ["a b"]])
  func `never allow a namespace that is a pattern`(namespaces: [String]) {
    #expect(throws: Malformed.self) {
      try AllowedSigners.Line(principal: "a", namespaces: namespaces, key: key)
    }
  }
}

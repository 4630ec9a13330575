import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("An applicant")
struct ApplicantTests {
  @Test(arguments: [
    ("", "a@b.example", "name: NAME must be"), ("a b", "a@b.example", "name: NAME must be"),
    ("-a", "a@b.example", "name: NAME must be"), ("d\u{f6}ra", "a@b.example", "name: NAME must be"),
    ("*", "a@b.example", "name: NAME must be"),
    (String(repeating: "a", count: 65), "a@b.example", "name: at most 64"),
    ("dora", "", "email: must be NAME@HOST"), ("dora", "dora", "email: must be NAME@HOST"),
    ("dora", "a@b@c.example", "email: must be NAME@HOST"),
    ("dora", "@b.example", "email: what stands before"),
    ("dora", "a b@b.example", "email: what stands before"),
    ("dora", ".a@b.example", "email: what stands before"),
    ("dora", "a@b.example\r\nBcc: eve@b.example", "email: must be NAME@HOST"),
    ("dora", "a\r\nBcc:eve@b.example", "email: what stands before"),
    ("dora", "a@b.example\n", "email: what stands after"),
    ("dora", "a@localhost", "email: what stands after"),
    ("dora", "a@-b.example", "email: what stands after"),
    ("dora", "a@b..example", "email: what stands after"),
    ("dora", "a@" + String(repeating: "b.", count: 127) + "example", "email: at most 254"),
  ])
  func `is told which of name and address is wrong`(name: String, email: String, fault: String) {
    do throws(RegistrationFault) {
      _ = try Applicant(name: name, email: email)
      Issue.record("taken: \(name) \(email)")
    } catch {
      guard case .malformed(let what) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(what.hasPrefix(fault))
    }
  }

  @Test(arguments: ["dora@b.example", "d.o+r-a_1@mail.b-c.example", "o'dora@b.example"])
  func `may have any address that fits the head of a mail`(email: String) throws {
    #expect(try Applicant(name: "dora", email: email).email == email)
  }

  @Test(arguments: [
    ("-----BEGIN OPENSSH PRIVATE KEY-----", "key: is a private key"),
    ("", "key: is not a public key"), ("ssh-rsa AAAA", "key: is not a public key"),
  ])
  func `gives the public half of a key that counts here`(line: String, fault: String) throws {
    #expect(throws: RegistrationFault.self) {
      try Applicant(name: "dora", email: "dora@b.example", key: line)
    }
    do throws(RegistrationFault) {
      _ = try Applicant(name: "dora", email: "dora@b.example", key: line)
    } catch {
      guard case .malformed(let what) = error else { return }
      #expect(what.hasPrefix(fault))
    }
    let key = try World.key("dora").publicKey
    let dora = try Applicant(name: "dora", email: "dora@b.example", key: key.line)
    #expect(dora.key == key)
  }
}

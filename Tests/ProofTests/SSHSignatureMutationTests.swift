import SluiceEncoding
import SluiceProof
import Testing

/// No byte of a signature is free.
@Suite("A changed SSH signature")
struct SSHSignatureMutationTests {
  static let files = SSHSignatureTests.accepted.map(\.file)
  let message = Array("sluice test message\n".utf8)

  @Test(arguments: files)
  func `is refused wherever its blob is changed`(file: String) throws {
    let blob = try SSHSignature(armor: Vector(file).text("armor")).blob
    for changed in blob.mutations {
      #expect(throws: SignatureFault.self) { try verify(SSHSignature(blob: changed)) }
    }
  }

  @Test(arguments: files)
  func `is refused wherever its armor is changed`(file: String) throws {
    for changed in try Vector(file).bytes("armor").mutations {
      let armor = String(decoding: changed, as: UTF8.self)
      #expect(throws: SignatureFault.self, "\(armor)") { try verify(SSHSignature(armor: armor)) }
    }
  }

  @Test(arguments: [
    "\n%", " %", "text\n%", "%\n", "%text", "%%", "\u{feff}%",
  ])
  func `is refused with anything around it`(form: String) throws {
    let armor = try Vector("sshsig-ed25519.txt").text("armor")
    let changed = form.replacing("%", with: armor)
    #expect(throws: SignatureFault.self) { try SSHSignature(armor: changed) }
  }

  @Test func `is refused with other line ends or empty lines`() throws {
    let armor = try Vector("sshsig-ed25519.txt").text("armor")
    for changed in [
      armor.replacing("\n", with: "\r\n"), armor.replacing("\n", with: "\n\n"),
      armor.replacing("-----\nU1NI", with: "-----\n\nU1NI"),
      armor.replacing("=\n-----END", with: "=\n\n-----END"), String(armor.dropLast()),
      armor.replacing("BEGIN SSH", with: "BEGIN  SSH"), "",
      "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
    ] {
      #expect(throws: SignatureFault.self, "\(changed)") { try SSHSignature(armor: changed) }
    }
  }

  @Test func `in lines of any width is the same signature`() throws {
    let file = try Vector("sshsig-ed25519.txt")
    let signature = try SSHSignature(armor: file.text("armor"))
    let text = Array(Base64.encode(signature.blob))
    for width in [1, 4, 64, 69, 71, 76, 1_000] {
      let lines = stride(from: 0, to: text.count, by: width)
        .map { String(text[$0..<min($0 + width, text.count)]) + "\n" }
      let armor =
        "-----BEGIN SSH SIGNATURE-----\n\(lines.joined())-----END SSH SIGNATURE-----\n"
      #expect(try SSHSignature(armor: armor) == signature)
    }
  }

  @Test func `is refused when it is longer than any that counts`() throws {
    var parts = try SignatureParts.ed25519(of: message)
    parts.namespace = String(repeating: "n", count: 13_000)
    let long = try SSHSignature(blob: parts.blob).armor
    #expect(long.utf8.count > 16_384)
    let fault = Malformed("signature armor", "has more than 16384 bytes")
    #expect(throws: SignatureFault.malformed(fault)) { try SSHSignature(armor: long) }
  }

  private func verify(_ signature: SSHSignature) throws {
    _ = try signature.verify(message: message, namespace: "approval@sluice")
  }
}

import SluiceEncoding
import SluiceProof
import Testing

@Suite("A public key")
struct PublicKeyTests {
  static let kinds: [(file: String, kind: PublicKey.Kind)] = [
    ("sshsig-ed25519.txt", .ed25519), ("sshsig-sk-ed25519.txt", .tokenEd25519),
    ("sshsig-ecdsa.txt", .p256), ("sshsig-sk-ecdsa.txt", .tokenP256),
  ]

  @Test(arguments: kinds)
  func `is read from its line and printed as it`(file: String, kind: PublicKey.Kind) throws {
    let key = try Vector(file).signer()
    #expect(key.kind == kind)
    #expect(key.kind.isToken == file.contains("-sk-"))
    #expect(try PublicKey(line: key.line) == key)
    #expect(try PublicKey(line: key.line + " somebody's laptop, 2026\n") == key)
    #expect(try PublicKey(blob: key.blob) == key)
  }

  @Test func `has the fingerprint that ssh-keygen shows`() throws {
    let vector = try Vector("sshsig-ed25519.txt")
    #expect(try vector.signer().fingerprint == vector.line("fingerprint"))
  }

  @Test func `of small order is refused`() throws {
    let keys = try Vector("ed25519-small-order.txt").lines("keys")
    #expect(keys.count == 14)
    for hex in keys {
      let raw = try Hex.decode(hex)
      let plain = Wire.string("ssh-ed25519") + Wire.string(raw)
      let token =
        Wire.string("sk-ssh-ed25519@openssh.com") + Wire.string(raw) + Wire.string("ssh:")
      #expect(throws: Malformed.self, "\(hex)") { try PublicKey(blob: plain) }
      #expect(throws: Malformed.self, "\(hex)") { try PublicKey(blob: token) }
    }
  }

  @Test func `in a second spelling is refused`() {
    // y = p + 3, which stands for y = 3, with either sign
    for last in [0x7f, 0xff] as [UInt8] {
      let raw = [0xf0] + [UInt8](repeating: 0xff, count: 30) + [last]
      let blob = Wire.string("ssh-ed25519") + Wire.string(raw)
      #expect(throws: Malformed("Ed25519 key", "is not in its one spelling")) {
        try PublicKey(blob: blob)
      }
    }
  }

  @Test func `of RSA is refused by name, with what to use`() throws {
    #expect(
      throws: Malformed(
        "SSH public key",
        "is of type ssh-rsa; use one of ssh-ed25519, sk-ssh-ed25519@openssh.com, "
          + "ecdsa-sha2-nistp256, sk-ecdsa-sha2-nistp256@openssh.com"
      )
    ) { try Vector("sshsig-rsa.txt").signer() }
  }

  @Test(arguments: [
    "", "ssh-ed25519", "ssh-ed25519 ", " ssh-ed25519 AAAA", "ssh-ed25519  AAAA", "ssh-ed25519 AAAA",
    "# a comment", "AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
  ])
  func `is not read from any other line`(line: String) {
    #expect(throws: Malformed.self) { try PublicKey(line: line) }
  }

  @Test func `is one line, of the type that it names`() throws {
    let line = try Vector("sshsig-ed25519.txt").signer().line
    for wrong in [
      "\n" + line, line + "\r\n", line + "\n\n", line + "\n" + line, line + " a\tb",
      line.replacing("ssh-ed25519", with: "ecdsa-sha2-nistp256"), line + "=",
      String(line.dropLast()),
    ] {
      #expect(throws: Malformed.self, "\(wrong)") { try PublicKey(line: wrong) }
    }
  }

  @Test(arguments: kinds)
  func `is refused when cut short or longer`(file: String, kind: PublicKey.Kind) throws {
    let blob = try Vector(file).signer().blob
    for wrong in blob.truncations + [blob + [0]] {
      #expect(throws: Malformed.self) { try PublicKey(blob: wrong) }
    }
  }

  @Test(arguments: kinds)
  func `changed in a byte is refused or another key`(file: String, kind: PublicKey.Kind) throws {
    let key = try Vector(file).signer()
    for changed in key.blob.flips {
      if let other = try? PublicKey(blob: changed) {
        #expect(other != key)
        #expect(other.blob == changed)
      }
    }
  }

  @Test func `of P-256 is an uncompressed point of the curve that OpenSSH takes`() throws {
    let blob = try Vector("sshsig-ecdsa.txt").signer().blob
    let point = Array(blob.suffix(65))
    func key(_ point: [UInt8], curve: String = "nistp256") -> [UInt8] {
      Wire.string("ecdsa-sha2-nistp256") + Wire.string(curve) + Wire.string(point)
    }
    #expect(try PublicKey(blob: key(point)).blob == blob)
    #expect(throws: Malformed.self) { try PublicKey(blob: key(point, curve: "nistp384")) }
    #expect(throws: Malformed.self) { try PublicKey(blob: key([2] + point[1..<33])) }
    #expect(throws: Malformed.self) { try PublicKey(blob: key([0])) }
    #expect(throws: Malformed.self) { try PublicKey(blob: key(point.dropLast() + [0])) }
    // x = 5 is on the curve, but to ssh-keygen such a line is "not a public key".
    let short = try Hex.decode(
      "040000000000000000000000000000000000000000000000000000000000000005"
        + "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc"
    )
    #expect(throws: Malformed("P-256 key", "has a coordinate that OpenSSH refuses")) {
      try PublicKey(blob: key(short))
    }
  }
}

import SluiceEncoding
import SluiceProof
import Testing

@Suite("An SSH signature")
struct SSHSignatureTests {
  typealias Accepted = (file: String, strength: Signed.Strength, counter: UInt32?)

  static let accepted: [Accepted] = [
    ("sshsig-ed25519.txt", .key, nil), ("sshsig-ecdsa.txt", .key, nil),
    ("sshsig-sk-ed25519.txt", .touch, 7), ("sshsig-sk-ecdsa.txt", .pin, 258),
  ]

  let message = Array("sluice test message\n".utf8)

  @Test(arguments: accepted)
  func `verifies and says how strong it is`(vector: Accepted) throws {
    let file = try Vector(vector.file)
    let signature = try SSHSignature(armor: file.text("armor"))
    let signed = try signature.verify(message: message, namespace: "approval@sluice")
    #expect(signed.message == message)
    #expect(signed.namespace == "approval@sluice")
    #expect(try signed.key == file.signer())
    #expect(signed.strength == vector.strength)
    #expect(signed.counter == vector.counter)
    #expect(try signature.armor == file.text("armor"))
    #expect(try SSHSignature(blob: signature.blob) == signature)
  }

  @Test func `verifies over a whole statement`() throws {
    let file = try Vector("sshsig-approval.txt")
    let signature = try SSHSignature(armor: file.text("armor"))
    let statement = Array(try file.line("message").utf8)
    let signed = try signature.verify(message: statement, namespace: file.line("namespace"))
    #expect(try signed.key == file.signer())
    #expect(throws: SignatureFault.bad) {
      try signature.verify(message: file.bytes("message"), namespace: file.line("namespace"))
    }
  }

  @Test(arguments: accepted)
  func `counts for its bytes only`(vector: Accepted) throws {
    let signature = try SSHSignature(armor: Vector(vector.file).text("armor"))
    for other in message.mutations {
      #expect(throws: SignatureFault.bad) {
        try signature.verify(message: other, namespace: "approval@sluice")
      }
    }
  }

  @Test func `counts for its namespace only`() throws {
    let signature = try SSHSignature(armor: Vector("sshsig-ed25519.txt").text("armor"))
    for other in ["request@sluice", "approval@sluice ", "Approval@sluice", ""] {
      #expect(throws: SignatureFault.wrongNamespace(found: "approval@sluice")) {
        try signature.verify(message: message, namespace: other)
      }
    }
  }

  @Test func `of a token counts once it was touched`() throws {
    func strength(flags: UInt8) throws -> Signed.Strength {
      let blob = try SignatureParts.token(of: message, flags: flags).blob
      return try SSHSignature(blob: blob)
        .verify(message: message, namespace: "approval@sluice").strength
    }
    #expect(try strength(flags: 0x01) == .touch)
    #expect(try strength(flags: 0x05) == .pin)
    #expect(throws: SignatureFault.noTouch) { try strength(flags: 0x00) }
    #expect(throws: SignatureFault.noTouch) { try strength(flags: 0x04) }
    #expect([Signed.Strength.pin, .key, .touch].sorted() == [.key, .touch, .pin])
  }

  @Test func `may hash with SHA-256`() throws {
    let parts = try SignatureParts.ed25519(of: message, hash: "sha256")
    let signature = try SSHSignature(blob: parts.blob)
    #expect(throws: Never.self) {
      try signature.verify(message: message, namespace: "approval@sluice")
    }
  }

  @Test func `by an RSA key is not supported`() throws {
    #expect(throws: SignatureFault.unsupported("ssh-rsa")) {
      try SSHSignature(armor: Vector("sshsig-rsa.txt").text("armor"))
    }
  }

  @Test func `of another hash or algorithm is not supported`() throws {
    var parts = try SignatureParts.ed25519(of: message)
    parts.hash = "sha384"
    #expect(throws: SignatureFault.unsupported("sha384")) { try SSHSignature(blob: parts.blob) }
    parts = try SignatureParts.ed25519(of: message)
    parts.signature = Wire.string("ssh-ed448") + parts.signature.dropFirst(15)
    #expect(throws: SignatureFault.unsupported("ssh-ed448")) { try SSHSignature(blob: parts.blob) }
  }

  static let wrong: [(String, @Sendable (inout SignatureParts) -> Void)] = [
    ("another magic", { $0.magic = "SSHSIH" }),
    ("version 0", { $0.version = 0 }),
    ("version 2", { $0.version = 2 }),
    ("no namespace", { $0.namespace = "" }),
    ("a namespace with a zero byte", { $0.namespace = "approval@sluice\0" }),
    ("something reserved", { $0.reserved = [0] }),
    ("bytes after the end", { $0.rest = [0] }),
    ("bytes after the key's signature", { $0.signature.append(0) }),
    ("bytes after the key", { $0.key.append(0) }),
    ("a short value", { $0.signature = Wire.string("ssh-ed25519") + Wire.string([1, 2]) }),
    (
      "an algorithm of another key",
      { $0.signature = Wire.string("ecdsa-sha2-nistp256") + $0.signature.dropFirst(15) }
    ),
    (
      "a small-order key",
      { $0.key = Wire.string("ssh-ed25519") + Wire.string([1] + [UInt8](repeating: 0, count: 31)) }
    ),
  ]

  @Test(arguments: wrong.indices)
  func `is refused with`(index: Int) throws {
    var parts = try SignatureParts.ed25519(of: message)
    Self.wrong[index].1(&parts)
    #expect("\(Self.wrong[index].0)") {
      try SSHSignature(blob: parts.blob)
    } throws: { error in
      if case SignatureFault.malformed = error { true } else { false }
    }
  }

  @Test func `has the one spelling of ECDSA numbers`() throws {
    typealias Shape = ([UInt8], [UInt8]) -> [UInt8]
    func parts(_ shape: @escaping Shape) throws -> SignatureParts {
      try SignatureParts.p256(of: message, shape: shape)
    }
    let good = try parts { Wire.integer($0) + Wire.integer($1) }
    #expect(throws: Never.self) {
      try SSHSignature(blob: good.blob).verify(message: message, namespace: "approval@sluice")
    }
    let wrong: [(String, Shape)] = [
      ("padded", { Wire.string([0, 0] + $0) + Wire.integer($1) }),
      ("negative", { Wire.string([0x80] + $0.dropFirst()) + Wire.integer($1) }),
      ("too long", { Wire.integer([1] + $0) + Wire.integer($1) }),
      ("with bytes left over", { Wire.integer($0) + Wire.integer($1) + [0] }),
      ("one only", { shape, _ in Wire.integer(shape) }),
      ("a zero with a byte", { Wire.string([0]) + Wire.integer($1) }),
    ]
    for (name, shape) in wrong {
      let blob = try parts(shape).blob
      #expect(throws: SignatureFault.self, "\(name)") { try SSHSignature(blob: blob) }
    }
    let zero = try parts { _, second in Wire.integer([UInt8]()) + Wire.integer(second) }
    #expect(throws: SignatureFault.bad) {
      try SSHSignature(blob: zero.blob).verify(message: message, namespace: "approval@sluice")
    }
  }

  @Test func `with S increased by the order is refused`() throws {
    var parts = try SignatureParts.ed25519(of: message)
    let order = try Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var carry = 0
    for (index, byte) in order.enumerated() {
      let place = parts.signature.count - 32 + index
      carry += Int(parts.signature[place]) + Int(byte)
      parts.signature[place] = UInt8(carry & 0xff)
      carry >>= 8
    }
    let signature = try SSHSignature(blob: parts.blob)
    #expect(throws: SignatureFault.bad) {
      try signature.verify(message: message, namespace: "approval@sluice")
    }
  }
}

import Foundation
import SluiceEncoding
import SluiceProof
import Testing

/// Both directions against the program that people have.
@Suite("ssh-keygen")
struct SSHKeygenTests {
  let message = Array("{\"a\":1}".utf8)

  @Test(arguments: ["ed25519", "ecdsa"], ["sha512", "sha256"])
  func `makes signatures that verify here`(type: String, hash: String) throws {
    let keygen = try SSHKeygen()
    let key = try PublicKey(line: keygen.makeKey(type, named: "k"))
    let armor = try keygen.sign(message, key: "k", namespace: "request@sluice", hash: hash)
    let signature = try SSHSignature(armor: armor)
    let signed = try signature.verify(message: message, namespace: "request@sluice")
    #expect(signed.key == key)
    #expect(signed.strength == .key)
    #expect(signature.armor == armor)
    #expect(try keygen.run("-l", "-f", "k.pub").contains(" \(key.fingerprint) "))
  }

  @Test func `makes the same signature as the signer here`() throws {
    let vector = try Vector("sshsig-ed25519.txt")
    let signer = try Ed25519Signer(seed: vector.hex("seed"))
    let signature = try signer.sign(
      message: vector.bytes("message"),
      namespace: vector.line("namespace")
    )
    #expect(try signer.publicKey == vector.signer())
    #expect(try signature.armor == vector.text("armor"))
  }

  @Test func `accepts what is signed here, in its time, by its lines`() throws {
    let keygen = try SSHKeygen()
    let signer = try Ed25519Signer(seed: (1...32).map { UInt8($0) })
    let armor = try signer.sign(message: message, namespace: "approval@sluice").armor
    func accepts(_ namespaces: [String], of message: [UInt8], at time: String) throws -> Bool {
      let line = try AllowedSigners.Line(
        principal: "clerk",
        namespaces: namespaces,
        validAfter: Instant("2026-03-01T00:00:00Z"),
        validBefore: Instant("2026-03-31T23:59:59Z"),
        key: signer.publicKey
      )
      return try keygen.accepts(
        armor,
        of: message,
        by: "clerk",
        namespace: "approval@sluice",
        allowed: AllowedSigners([line]).text,
        at: time
      )
    }
    let both = ["request@sluice", "approval@sluice"]
    #expect(try accepts(both, of: message, at: "20260301000000Z"))
    #expect(try accepts(both, of: message, at: "20260331235959Z"))
    #expect(try !accepts(both, of: message, at: "20260228235959Z"))
    #expect(try !accepts(both, of: message, at: "20260401000000Z"))
    #expect(try !accepts(["request@sluice"], of: message, at: "20260302000000Z"))
    #expect(try !accepts(both, of: message + [0], at: "20260302000000Z"))
  }

  /// The table of signing-and-log 3.5: where it is more lenient, and that nothing goes the other way.
  @Test func `accepts all that verifies here, and more`() throws {
    let keygen = try SSHKeygen()
    func verdicts(_ parts: SignatureParts) throws -> (keygen: Bool, here: Bool) {
      let signature = try? SSHSignature(blob: parts.blob)
      let signed = try? signature?.verify(message: message, namespace: "approval@sluice")
      return (try accepts(parts, by: keygen), signed != nil)
    }
    var parts = try SignatureParts.ed25519(of: message)
    #expect(try verdicts(parts) == (true, true))
    parts.version = 0
    #expect(try verdicts(parts) == (true, false))
    parts.version = 1
    parts.reserved = [1]
    #expect(try verdicts(parts) == (true, false))
    parts.reserved = []
    parts.rest = [0]
    #expect(try !verdicts(parts).here)

    #expect(try verdicts(.ed25519(of: message, hash: "sha256")) == (true, true))
    #expect(try verdicts(.token(of: message, flags: 1)) == (true, true))
    #expect(try verdicts(.token(of: message, flags: 5)) == (true, true))
    #expect(try verdicts(.token(of: message, flags: 0)) == (true, false))
    #expect(try verdicts(.p256(of: message)) == (true, true))
    // Of r and order − s one is as good as of r and s, there and here.
    let flipped = try SignatureParts.p256(of: message) {
      Wire.integer($0) + Wire.integer(negated($1))
    }
    #expect(try verdicts(flipped) == (true, true))

    let identity = [1] + [UInt8](repeating: 0, count: 31)
    var trivial = SignatureParts(
      key: Wire.string("ssh-ed25519") + Wire.string(identity),
      signature: Wire.string("ssh-ed25519")
        + Wire.string(identity + [UInt8](repeating: 0, count: 32))
    )
    #expect(try verdicts(trivial) == (true, false))
    trivial.hash = "sha256"
    #expect(try verdicts(trivial) == (true, false))
  }

  @Test(arguments: SSHSignatureTests.accepted.map(\.file))
  func `accepts each vector that verifies here`(file: String) throws {
    let vector = try Vector(file)
    let allowed = try vector.text("allowed-signers")
    let principal = String(allowed.prefix { $0 != " " })
    let accepted = try SSHKeygen().accepts(
      vector.text("armor"),
      of: vector.bytes("message"),
      by: principal,
      namespace: vector.line("namespace"),
      allowed: allowed
    )
    #expect(accepted)
  }

  private func accepts(_ parts: SignatureParts, by keygen: SSHKeygen) throws -> Bool {
    let length = Int(parts.key[3])
    let type = String(decoding: parts.key[4..<4 + length], as: UTF8.self)
    let text = Base64.encode(parts.blob)
    return try keygen.accepts(
      "-----BEGIN SSH SIGNATURE-----\n\(text)\n-----END SSH SIGNATURE-----\n",
      of: message,
      by: "alice",
      namespace: "approval@sluice",
      allowed: "alice \(type) \(Base64.encode(parts.key))\n"
    )
  }

  /// The order of P-256 less a number of 32 bytes.
  private func negated(_ number: [UInt8]) -> [UInt8] {
    let order: [UInt8] = [
      0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
      0xe6,
      0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ]
    var (result, borrow) = ([UInt8](repeating: 0, count: 32), 0)
    for index in order.indices.reversed() {
      let difference = Int(order[index]) - Int(number[index]) - borrow
      result[index] = UInt8(truncatingIfNeeded: difference)
      borrow = difference < 0 ? 1 : 0
    }
    return result
  }
}

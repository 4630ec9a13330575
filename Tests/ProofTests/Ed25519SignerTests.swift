import SluiceEncoding
import SluiceProof
import Testing

@Suite("A signer")
struct Ed25519SignerTests {
  @Test(arguments: [0, 31, 33, 64])
  func `has a seed of 32 bytes`(count: Int) {
    #expect(throws: Malformed.self) {
      try Ed25519Signer(seed: [UInt8](repeating: 1, count: count))
    }
  }

  @Test func `makes signatures that verify for their purpose`() throws {
    let signer = try Ed25519Signer(seed: [UInt8](repeating: 7, count: 32))
    let signature = try signer.sign(message: [], namespace: "keychange@sluice")
    let signed = try SSHSignature(armor: signature.armor)
      .verify(message: [], namespace: "keychange@sluice")
    #expect(signed.key == signer.publicKey)
    #expect(try SSHSignature(blob: signature.blob) == signature)
    #expect(throws: SignatureFault.wrongNamespace(found: "keychange@sluice")) {
      try signature.verify(message: [], namespace: "approval@sluice")
    }
  }
}

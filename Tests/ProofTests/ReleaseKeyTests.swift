import SluiceEncoding
import SluiceProof
import Testing

@Suite("A release key")
struct ReleaseKeyTests {
  @Test func `is stored as PEM with a final newline`() throws {
    let key = ReleaseKey.make()
    #expect(key.pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(key.pem.hasSuffix("\n-----END PRIVATE KEY-----\n"))
    #expect(try ReleaseKey(pem: key.pem).publicKey == key.publicKey)
    #expect(try ReleasePublicKey(pem: key.publicKey.pem) == key.publicKey)
    #expect(ReleaseKey.make().publicKey != key.publicKey)
  }

  @Test func `has the hint of its PEM text as OpenSSL writes it`() throws {
    let vector = try Vector("manifest.txt")
    let key = try ReleasePublicKey(pem: vector.text("public-key"))
    #expect(try key.pem == vector.text("public-key"))
    #expect(try key.hint.hex == vector.line("hint"))
    let bare = try ReleasePublicKey(pem: String(vector.text("public-key").dropLast()))
    #expect(bare.hint == key.hint)
  }

  @Test func `is read as OpenSSL's ecparam writes it`() throws {
    let key = try ReleaseKey(
      pem: """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8goAoGCCqGSM49
        AwEHoUQDQgAEUVw9brnjlrkE0/7Kf1T9zQzB6Ze/N13KUVrQpsO0A19FNr46UPMY
        +/mlR1kCoiFQK+8NV+CMU7LMClbxfZ+TVA==
        -----END EC PRIVATE KEY-----

        """
    )
    #expect(try key.publicKey.pem == Vector("manifest.txt").text("public-key"))
  }

  @Test func `is of P-256, in PEM, of its half`() throws {
    let key = ReleaseKey.make()
    for wrong in [
      "", "x", key.publicKey.pem, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ] {
      #expect(throws: Malformed.self) { try ReleaseKey(pem: wrong) }
    }
    for wrong in ["", "x", key.pem, try Vector("sshsig-ecdsa.txt").signer().line] {
      #expect(throws: Malformed.self) { try ReleasePublicKey(pem: wrong) }
    }
    #expect(throws: Malformed.self) {
      // Ed25519
      try ReleasePublicKey(
        pem: """
          -----BEGIN PUBLIC KEY-----
          MCowBQYDK2VwAyEAA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=
          -----END PUBLIC KEY-----

          """
      )
    }
  }
}

import SluiceEncoding
import SluiceProof
import Testing

@Suite("A model bundle")
struct ModelBundleTests {
  let vector: Vector
  let key: ReleasePublicKey

  init() throws {
    vector = try Vector("manifest.txt")
    key = try ReleasePublicKey(pem: vector.text("public-key"))
  }

  @Test func `signs the pre-authentication encoding`() throws {
    let encoding = PreAuthentication.encoding(
      type: "application/vnd.in-toto+json",
      payload: Array(try vector.line("statement").utf8)
    )
    #expect(try SHA256Digest(of: encoding).hex == vector.line("pae-sha256"))
    #expect(PreAuthentication.encoding(type: "é", payload: []) == Array("DSSEv1 2 é 0 ".utf8))
  }

  @Test func `of the vector verifies`() throws {
    let bundle = try ModelBundle(bytes: Array(text().utf8))
    let manifest = try bundle.verify(with: key)
    #expect(manifest.resources == ManifestTests.resources(sizes: false))
    #expect(try bundle.hint.hex == vector.line("hint"))
    #expect(try bundle.bytes == Array(text().utf8))
  }

  @Test func `of upstream's tool verifies`() throws {
    let upstream = try Vector("manifest-upstream.txt")
    let bundle = try ModelBundle(bytes: Array(upstream.line("bundle").utf8))
    let manifest = try bundle.verify(with: ReleasePublicKey(pem: upstream.text("public-key")))
    #expect(manifest.model == "model")
    #expect(
      manifest.resources.map(\.path) == [
        "config.json", "empty", "shards/a.bin", "shards.txt", "sub/.git/z", "é \"q\".txt",
      ]
    )
    #expect(manifest.ignoredPaths.contains(".github"))
    #expect(manifest.binding == nil)
    #expect(throws: ManifestFault.otherKey(hint: bundle.hint)) { try bundle.verify(with: key) }
  }

  @Test func `that is made here verifies`() throws {
    let release = ReleaseKey.make()
    let manifest = try Manifest(
      model: "ana/tiny@weights",
      resources: ManifestTests.resources(sizes: true),
      binding: Manifest.Binding(release: "ana/tiny", tier: "weights", audience: "o")
    )
    let bundle = try ModelBundle(manifest, signedWith: release)
    #expect(try ModelBundle(bytes: bundle.bytes) == bundle)
    #expect(try bundle.verify(with: release.publicKey) == manifest)
    #expect(throws: ManifestFault.otherKey(hint: release.publicKey.hint)) {
      try bundle.verify(with: key)
    }
  }

  @Test func `of other bytes does not verify`() throws {
    let statement = try vector.line("statement")
    for (from, to) in [("gpt-tiny", "gpt-tinz"), ("{\"_type\"", "{ \"_type\""), ("]}", "]} ")] {
      let changed = statement.replacing(from, with: to)
      #expect(changed != statement)
      let bundle = try ModelBundle(bytes: Array(text(statement: changed).utf8))
      #expect(throws: ManifestFault.bad) { try bundle.verify(with: key) }
    }
  }

  @Test func `is parsed only once its signature holds`() throws {
    let twice = try vector.line("statement").replacing("shards.txt", with: "config.json")
    #expect(throws: Malformed.self) { try Manifest(statement: Array(twice.utf8)) }
    let bundle = try ModelBundle(bytes: Array(text(statement: twice).utf8))
    #expect(throws: ManifestFault.bad) { try bundle.verify(with: key) }
  }

  @Test func `changed in a byte is refused or the same`() throws {
    let bytes = Array(try text().utf8)
    let good = try ModelBundle(bytes: bytes)
    for changed in bytes.mutations {
      guard let other = try? ModelBundle(bytes: changed) else { continue }
      // Only `keyid` and white space between members are free.
      if other != good { #expect(throws: ManifestFault.self) { try other.verify(with: key) } }
    }
  }

  static let refused: [(from: String, to: String)] = [
    ("bundle.v0.3", "bundle.v0.2"), (#""publicKey""#, #""certificate""#),
    (#""hint":"#, #""hinte":"#),
    (#""tlogEntries":[]"#, #""tlogEntries":[{}]"#), ("in-toto+json", "in-toto"),
    (#""tlogEntries":[]"#, #""tlogEntries":[],"timestampVerificationData":{}"#),
    (#""signatures":[{"#, #""signatures":[{"keyid":"","sig":""},{"#),
    (#""mediaType""#, #""a":1,"mediaType""#), (#""keyid":"""#, #""keyid":"","x":1"#),
    (#""keyid":"""#, #""keyid":1"#), (#""payload":""#, #""payload":" "#), ("dfb565", "DFB565"),
    (#""payloadType""#, #""payload":"","payloadType""#),
  ]

  @Test(arguments: refused)
  func `is refused with`(change: (from: String, to: String)) throws {
    let text = try text()
    let changed = text.replacing(change.from, with: change.to, maxReplacements: 1)
    #expect(changed != text)
    #expect(throws: Malformed.self) { try ModelBundle(bytes: Array(changed.utf8)) }
  }

  @Test(arguments: [
    (#","tlogEntries":[]"#, ""), (#""keyid":"","#, ""), (#""keyid":"""#, #""keyid":"any""#),
    (#"{"dsse"#, "\n{ \"dsse"),
  ])
  func `verifies with`(change: (from: String, to: String)) throws {
    let text = try text()
    let changed = text.replacing(change.from, with: change.to, maxReplacements: 1)
    #expect(changed != text)
    let bundle = try ModelBundle(bytes: Array(changed.utf8))
    #expect(throws: Never.self) { try bundle.verify(with: key) }
  }

  @Test func `needs the signature as DER`() throws {
    let raw = [UInt8](repeating: 1, count: 64)
    let changed = try text().replacing(vector.line("signature"), with: Base64.encode(raw))
    let bundle = try ModelBundle(bytes: Array(changed.utf8))
    #expect(throws: ManifestFault.bad) { try bundle.verify(with: key) }
  }

  /// The bundle of the vector, as it is written here.
  private func text(statement: String? = nil) throws -> String {
    let payload = Base64.encode(Array((try statement ?? vector.line("statement")).utf8))
    return try #"{"dsseEnvelope":{"payload":"\#(payload)","#
      + #""payloadType":"application/vnd.in-toto+json","#
      + #""signatures":[{"keyid":"","sig":"\#(vector.line("signature"))"}]},"#
      + #""mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","#
      + #""verificationMaterial":{"publicKey":{"hint":"\#(vector.line("hint"))"},"tlogEntries":[]}}"#
  }
}

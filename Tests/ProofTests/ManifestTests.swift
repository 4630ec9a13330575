import SluiceEncoding
import SluiceProof
import Testing

@Suite("A manifest")
struct ManifestTests {
  static let files = [
    ("config.json", "{\"n_layer\":2}\n"), ("shards/a.bin", "AAAABBBBCCCC"), ("shards.txt", "x"),
  ]
  let binding = Manifest.Binding(release: "ana/tiny", tier: "weights", audience: "example.org/log")

  static func resources(sizes: Bool) -> [Manifest.Resource] {
    files.map { path, content in
      let bytes = Array(content.utf8)
      return Manifest.Resource(
        path: path,
        sha256: SHA256Digest(of: bytes),
        size: sizes ? bytes.count : nil
      )
    }
  }

  @Test func `is the statement of OpenSSF Model Signing`() throws {
    let vector = try Vector("manifest.txt")
    let statement = Array(try vector.line("statement").utf8)
    let made = try Manifest(
      model: "gpt-tiny",
      resources: Self.resources(sizes: false).reversed(),
      binding: nil
    )
    #expect(made.statement == statement)
    #expect(try Manifest(statement: statement) == made)
    #expect(made.digest == SHA256Digest(of: statement))
    #expect(made.root.hex == "8ce486e1d43f6dfcaeaa701d81dfe1c4216669d6561c257bd3e6068eebd5e057")
    #expect(made.ignoredPaths == ["model.sig"])
  }

  @Test func `says what it was bound to, and the sizes`() throws {
    let manifest = try Manifest(
      model: "ana/tiny@weights",
      resources: Self.resources(sizes: true),
      binding: binding
    )
    let text = String(decoding: manifest.statement, as: UTF8.self)
    #expect(
      text.contains(
        #""sluice":{"audience":"example.org/log","release":"ana/tiny","#
          + #""sizes":{"config.json":14,"shards.txt":1,"shards/a.bin":12},"tier":"weights"}"#
      )
    )
    let read = try Manifest(statement: manifest.statement)
    #expect(read == manifest)
    #expect(read.resources.map(\.size) == [14, 12, 1])
    #expect(read.binding == binding)
  }

  @Test func `with a binding has one form only`() throws {
    let statement = try Manifest(
      model: "ana/tiny@weights",
      resources: Self.resources(sizes: true),
      binding: binding
    ).statement
    let text = String(decoding: statement, as: UTF8.self)
    for (from, to) in [
      ("{\"_type\"", "{ \"_type\""), ("\"name", "\"\\u006eame"),
      (#"["model.sig"]"#, #"["model.sig","x"]"#),
      (#""tier":"weights""#, #""tier":"weights","x":1"#),
      (#""config.json":14"#, #""config.json":-14"#), (#""config.json":14"#, #""config.json":14.0"#),
      (#""shards.txt":1,"#, ""), (#""shards.txt":1"#, #""shards.txt":1,"shards.txu":1"#),
      (#""method":"files""#, #""method":"files","x":1"#), (#""tier":"weights""#, #""tier":1"#),
      (#","tier":"weights""#, ""),
    ] {
      let changed = text.replacing(from, with: to, maxReplacements: 1)
      #expect(changed != text)
      #expect(throws: Malformed.self, "\(changed)") { try Manifest(statement: Array(changed.utf8)) }
    }
    for changed in statement.mutations {
      if let other = try? Manifest(statement: changed) { #expect(other.statement == changed) }
    }
  }

  @Test func `has a size for each file exactly with a binding`() {
    #expect(throws: Malformed.self) {
      try Manifest(model: "m", resources: Self.resources(sizes: false), binding: binding)
    }
    #expect(throws: Malformed.self) {
      try Manifest(model: "m", resources: Self.resources(sizes: true), binding: nil)
    }
    let negative = Manifest.Resource(path: "a", sha256: MerkleHash.empty, size: -1)
    #expect(throws: Malformed.self) {
      try Manifest(model: "m", resources: [negative], binding: binding)
    }
    #expect(throws: Malformed.self) { try Manifest(model: "", resources: [], binding: nil) }
  }

  static let accepted: [(from: String, to: String)] = [
    (":", ": "), ("{\"_type\"", "\n {\t\"_type\""), ("config.json", "\\u0063onfig.json"),
    (#"["model.sig"]"#, #"["model.sig",".git",".gitignore"]"#),
    (#","ignore_paths":["model.sig"]"#, ""),
    (#""resources""#, #""later":{"a":[1.5]},"resources""#),
    (#""method":"files""#, #""method":"files","later":null"#),
    (#""name":"config.json""#, #""name":"config.json","later":1"#),
  ]

  @Test(arguments: accepted)
  func `of others may have`(change: (from: String, to: String)) throws {
    let text = try Vector("manifest.txt").line("statement")
    let changed = text.replacing(change.from, with: change.to, maxReplacements: 1)
    #expect(changed != text)
    let manifest = try Manifest(statement: Array(changed.utf8))
    #expect(manifest.resources == Self.resources(sizes: false))
    #expect(manifest.statement == Array(changed.utf8))
  }

  static let refused: [(from: String, to: String)] = [
    ("Statement/v1", "Statement/v2"), ("signature/v1.0", "signature/v1.1"),
    (#""method":"files""#, #""method":"shards""#), (#""method":"files""#, #""x":"files""#),
    (#""hash_type":"sha256","#, #""hash_type":"blake2b","#), (#""hash_type":"sha256","#, ""),
    (#""allow_symlinks":false,"#, #""allow_symlinks":true,"#), (#""allow_symlinks":false,"#, ""),
    (#"["model.sig"]"#, #"[1]"#), (#""algorithm":"sha256""#, #""algorithm":"sha512""#),
    ("a123a31988", "a123a31989"), ("8ce486e1d4", "8ce486e1d5"), ("a123a31988", "A123A31988"),
    ("shards.txt", "config.json"), ("shards.txt", "../x"), ("shards.txt", "shards"),
    (#""subject":[{"#, #""subject":[{"name":"x","digest":{"sha256":"00"}},{"#),
    (#""subject":["#, #""other":1,"subject":["#),
    (#"},"name":"gpt-tiny""#, #"},"name":"g","uri":"x""#),
    (#""name":"gpt-tiny""#, #""name":"""#), (#"e057"}"#, #"e057","sha512":"00"}"#),
    (#""subject":["#, #""_type":"https://in-toto.io/Statement/v1","subject":["#),
    (#"{"_type""#, "\u{feff}{\"_type\""), (#""name":"config.json""#, #""name":1"#),
  ]

  @Test(arguments: refused)
  func `is refused with`(change: (from: String, to: String)) throws {
    let text = try Vector("manifest.txt").line("statement")
    let changed = text.replacing(change.from, with: change.to, maxReplacements: 1)
    #expect(changed != text)
    #expect(throws: Malformed.self) { try Manifest(statement: Array(changed.utf8)) }
  }
}

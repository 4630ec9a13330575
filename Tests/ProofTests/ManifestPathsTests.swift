import SluiceEncoding
import SluiceProof
import Testing

@Suite("Paths of a manifest")
struct ManifestPathsTests {
  @Test func `are sorted by their components`() throws {
    let sorted = [
      "B", "_", "a", "b/a/z", "b/a.b", "b-", "b.txt", "b0", "é", "\u{fffd}", "\u{1f600}",
    ]
    for start in sorted.indices {
      let paths = sorted[start...] + sorted[..<start]
      #expect(try make(paths.reversed()).resources.map(\.path) == sorted)
    }
    #expect(try make(["shards.txt", "shards/a.bin"]).resources[0].path == "shards/a.bin")
  }

  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/./b", "a/..", "../a", "a\\b", "a\nb",
    "a\u{0}",
    "a\u{7f}", "a\u{85}b", "a\tb",
  ])
  func `are refused when they could mean something else`(path: String) {
    #expect(throws: Malformed.self) { try Manifest.check(path: path) }
    #expect(throws: Malformed.self) { try make(["good", path]) }
  }

  @Test(arguments: [
    "a", "...", ".a", "a..b", ".hidden/x", "a b", "é", "C:", "sub/.git/x", "sub/model.sig",
  ])
  func `may be everything else`(path: String) throws {
    #expect(throws: Never.self) { try Manifest.check(path: path) }
    #expect(try make([path]).resources.count == 1)
  }

  @Test(arguments: ["model.sig", ".git/config", ".github/x/y", ".gitattributes", ".gitignore"])
  func `leave out what no verifier looks at`(path: String) {
    #expect(Manifest.isLeftOut(path))
    #expect(throws: Malformed.self) { try make([path]) }
    #expect(!Manifest.isLeftOut("a" + path))
    #expect(!Manifest.isLeftOut("a/" + path))
  }

  @Test(arguments: [
    ["a", "a"], ["\u{e9}", "e\u{301}"], ["a", "a/b"], ["a/b/c", "x", "a/b"], ["a-b", "a/b", "a"],
  ])
  func `are refused when two of them clash`(paths: [String]) {
    #expect(throws: Malformed.self) { try make(paths) }
    #expect(throws: Malformed.self) { try make(paths.reversed()) }
  }

  private func make(_ paths: [String]) throws -> Manifest {
    let resources = paths.map {
      Manifest.Resource(path: $0, sha256: SHA256Digest(of: Array($0.utf8)), size: nil)
    }
    return try Manifest(model: "m", resources: resources, binding: nil)
  }
}

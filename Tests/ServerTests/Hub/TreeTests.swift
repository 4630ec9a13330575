import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("A tree")
struct TreeTests {
  let commit: Repository.Commit

  init() throws {
    let manifest = SHA256Digest(of: Array("m".utf8))
    let paths = ["a.txt", "eval/deep/x.json", "eval/y.json", "evaluation.md", "model.safetensors"]
    let files = paths.map { path in
      RepositoryFile(
        path: path,
        sha256: SHA256Digest(of: Array(path.utf8)),
        size: 7,
        tier: "t",
        manifest: manifest,
        oid: "0123",
        pointerSize: path.hasSuffix("safetensors") ? 134 : nil
      )
    }
    let stage = OpenStage(
      "s",
      at: Instant(seconds: 0),
      isForEveryone: true,
      offers: [.init("t", isWeights: true, manifest: manifest)]
    )
    let repository = Repository("ana/tiny", stages: [stage], files: [manifest: files])
    commit = try #require(repository.commit("t"))
  }

  @Test func `lists a directory, and what is below only when asked`() {
    #expect(
      paths() == ["a.txt", "eval", "evaluation.md", "model.safetensors"]
    )
    #expect(paths("eval") == ["eval/deep", "eval/y.json"])
    #expect(paths("eval", isRecursive: true) == ["eval/deep", "eval/deep/x.json", "eval/y.json"])
    #expect(
      paths(isRecursive: true) == [
        "a.txt", "eval", "eval/deep", "eval/deep/x.json", "eval/y.json", "evaluation.md",
        "model.safetensors",
      ]
    )
  }

  @Test(arguments: ["eva", "a.txt", "eval/y.json", "eval/", "/eval", "Eval"])
  func `is of a directory`(path: String) {
    #expect(paths(path) == nil)
  }

  @Test func `says what Hub clients read`() throws {
    let files = try Tree.entries(at: ["model.safetensors"], of: commit, isExpanded: false)
    let file = try #require(files.first)
    let digest = SHA256Digest(of: Array("model.safetensors".utf8)).hex
    let expected: JSONValue = [
      "lfs": ["oid": .string(digest), "pointerSize": 134, "size": 7], "oid": "0123",
      "path": "model.safetensors", "size": 7, "type": "file",
    ]
    #expect(JSONValue.object(file.members) == expected)
    let directories = try Tree.entries(at: ["eval"], of: commit, isExpanded: true)
    let directory = try #require(directories.first).members
    #expect(directory["type"] == "directory")
    #expect(directory["size"] == 0)
    #expect(directory["oid"]?.stringValue?.utf8.count == 40)
    let last: JSONValue = [
      "date": "1970-01-01T00:00:00Z", "id": .string(commit.id), "title": "Tier t",
    ]
    #expect(directory["lastCommit"] == last)
  }

  @Test func `answers each path once, in the order in which they are named`() throws {
    let asked = ["eval/y.json", "nothing", "eval", "eval/y.json", "a.txt", "eval"]
    let found = try Tree.entries(at: asked, of: commit, isExpanded: false)
    #expect(found.map(\.path) == ["eval/y.json", "eval", "a.txt"])
    // Two spellings of one letter are two paths.
    let spellings = ["\u{E9}", "e\u{301}"] + (2..<Tree.mostPaths).map { "x\($0)" }
    #expect(try Tree.entries(at: spellings + spellings, of: commit, isExpanded: false).isEmpty)
    #expect(throws: (any Error).self) {
      try Tree.entries(at: spellings + ["one more"], of: commit, isExpanded: false)
    }
  }

  private func paths(_ directory: String = "", isRecursive: Bool = false) -> [String]? {
    Tree(of: commit, in: directory, isRecursive: isRecursive, isExpanded: false)?
      .entries.map(\.path)
  }
}

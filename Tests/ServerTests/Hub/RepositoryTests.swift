import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("A repository")
struct RepositoryTests {
  static let noon = Instant(seconds: 1_550_145_600)

  @Test func `has nothing before a stage has opened`() {
    let repository = Repository("ana/tiny", stages: [], files: [:])
    #expect(repository.branches == [])
    #expect(!repository.isPublic && !repository.isGated)
    #expect(repository.commit("main") == nil)
  }

  @Test func `has a branch a tier, with an id of its manifest`() {
    let repository = lay([stage("all", true, ["paper": false, "small": true])])
    #expect(repository.branches.map(\.name) == ["main", "paper", "small"])
    #expect(repository.commit("paper")?.id == String(manifest("paper").hex.prefix(40)))
    #expect(repository.commit("paper")?.files.map(\.path) == ["README.md", "paper.bin"])
    #expect(repository.isPublic && !repository.isGated)
  }

  @Test func `puts the id of main together from its layers`() {
    let repository = lay([
      stage("some", false, ["data": false]), stage("all", true, ["paper": false, "small": true]),
    ])
    let lines = ["data", "paper", "small"].map { "\($0) \(manifest($0).hex)\n" }.joined()
    let id = String(SHA256Digest(of: Array(lines.utf8)).hex.prefix(40))
    #expect(repository.commit("main")?.id == id)
    #expect(repository.isPublic && repository.isGated)
  }

  typealias Layers = (stages: [OpenStage], layers: [String])

  /// The top layer is the owner of `README.md`, which every tier has.
  static let layers: [Layers] = [
    // Everyone's lie above gated ones, whenever they opened.
    ([stage("a", true, ["x": false]), stage("b", false, ["y": false])], ["y", "x"]),
    ([stage("a", false, ["x": false]), stage("b", false, ["y": false])], ["x", "y"]),
    // One tier of weights: everyone's newest, and a larger gated one does not break it.
    ([stage("a", true, ["small": true]), stage("b", false, ["full": true])], ["small"]),
    ([stage("a", true, ["small": true]), stage("b", true, ["full": true])], ["full"]),
    ([stage("a", false, ["small": true]), stage("b", false, ["full": true])], ["full"]),
    // A tier that first was gated and then is everyone's counts from then on as everyone's.
    (
      [
        stage("a", false, ["full": true]), stage("b", true, ["small": true]),
        stage("c", true, ["full": true]),
      ], ["full"]
    ),
    (
      [
        stage("a", false, ["x": false]), stage("b", true, ["y": false]),
        stage("c", true, ["x": false]),
      ], ["y", "x"]
    ),
    // Weights are on top, whatever opened after them.
    ([stage("a", true, ["full": true]), stage("b", true, ["x": false])], ["x", "full"]),
  ]

  @Test(arguments: layers)
  func `has on main what is open, one tier of weights on top`(case: Layers) throws {
    let main = try #require(lay(`case`.stages).commit("main"))
    let own = main.files.filter { $0.path != "README.md" }
    #expect(Set(own.map(\.tier.rawValue)) == Set(`case`.layers))
    #expect(main.file(at: "README.md")?.tier.rawValue == `case`.layers.last)
    let lines = `case`.layers.map { "\($0) \(manifest($0).hex)\n" }.joined()
    #expect(main.id == String(SHA256Digest(of: Array(lines.utf8)).hex.prefix(40)))
  }

  @Test func `never has a file where it has a directory`() throws {
    let stages = [
      Self.stage("a", true, ["lower": false]), Self.stage("b", true, ["upper": false]),
    ]
    let files = [
      manifest("lower"): [file("a", "lower"), file("b/c", "lower"), file("bc", "lower")],
      manifest("upper"): [file("a/x", "upper"), file("b", "upper")],
    ]
    let repository = Repository("ana/tiny", stages: stages, files: files)
    #expect(repository.commit("main")?.files.map(\.path) == ["a/x", "b", "bc"])
  }

  @Test func `keeps every commit that main has been`() throws {
    let stages = [
      Self.stage("a", true, ["x": false]), Self.stage("b", true, ["y": false]),
      Self.stage("c", true, ["z": true]),
    ]
    let last = lay(stages)
    for count in 1...3 {
      let then = try #require(lay(Array(stages.prefix(count))).commit("main"))
      #expect(last.commit(then.id) == then)
    }
    #expect(last.commits.last == last.commit("main"))
  }

  @Test func `is found by branch and by the beginning of an id, and by nothing else`() throws {
    let repository = lay([Self.stage("a", true, ["x": false, "y": false])])
    let commit = try #require(repository.commit("x"))
    #expect(repository.commit("refs/heads/x") == commit)
    #expect(repository.commit(commit.id) == commit)
    #expect(repository.commit(String(commit.id.prefix(7))) == commit)
    for other in ["", "z", commit.id + "0", String(commit.id.prefix(6)), "refs/tags/x", "X"] {
      #expect(repository.commit(other) == nil)
    }
  }

  static func stage(
    _ id: Stage.ID,
    _ isForEveryone: Bool,
    _ offers: KeyValuePairs<String, Bool>
  ) -> OpenStage {
    OpenStage(
      id,
      at: noon,
      isForEveryone: isForEveryone,
      offers: offers.map { .init(Tier.ID($0.key), isWeights: $0.value, manifest: manifest($0.key)) }
    )
  }

  private func stage(
    _ id: Stage.ID,
    _ isForEveryone: Bool,
    _ offers: KeyValuePairs<String, Bool>
  ) -> OpenStage { Self.stage(id, isForEveryone, offers) }

  // Every tier has a file of its own and one that all have.
  private func lay(_ stages: [OpenStage]) -> Repository {
    var files: [SHA256Digest: [RepositoryFile]] = [:]
    for offer in stages.flatMap(\.offers) {
      let tier = offer.tier.rawValue
      files[offer.manifest] = [file("README.md", tier), file("\(tier).bin", tier)]
    }
    return Repository("ana/tiny", stages: stages, files: files)
  }

  private func file(_ path: String, _ tier: String) -> RepositoryFile {
    RepositoryFile(
      path: path,
      sha256: SHA256Digest(of: Array("\(tier) \(path)".utf8)),
      size: 1,
      tier: Tier.ID(tier),
      manifest: manifest(tier),
      oid: "",
      pointerSize: nil
    )
  }

  private static func manifest(_ tier: String) -> SHA256Digest {
    SHA256Digest(of: Array(tier.utf8))
  }

  private func manifest(_ tier: String) -> SHA256Digest { Self.manifest(tier) }
}

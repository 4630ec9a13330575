import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Hub routes")
struct HubRoutesTests {
  static let model = "/api/models/ana/tiny"

  @Test func `describe the repository, the same to everybody`() async throws {
    let hosted = try await Hosted.granted(shard: 2 << 20)
    try await hosted.serve { visitor in
      let answer = try await visitor.ask(Self.model)
      #expect(answer.status == 200)
      for name in ["bob", "eve"] {
        #expect(try await visitor.ask(Self.model, as: name).body == answer.body)
      }
      let json = try #require(try answer.json.objectValue)
      #expect(json["id"] == "ana/tiny")
      #expect(json["gated"] == "manual")
      #expect(json["private"] == false)
      #expect(json["sha"]?.stringValue == answer.fields["x-repo-commit"])
      let names = json["siblings"]?.arrayValue?.map { $0.objectValue?["rfilename"]?.stringValue }
      #expect(
        names == [
          "README.md", "empty.txt", "model.safetensors", "model.sig", "src/main.py",
        ]
      )
      let revision = try await visitor.ask("\(Self.model)/revision/weights").json.objectValue
      #expect(revision?["sha"] != json["sha"])
      let one = try await visitor.ask("\(Self.model)?expand=gated&expand=sha").json.objectValue
      #expect(one?.names == ["gated", "id", "sha"])
    }
  }

  @Test func `name files as git and git-lfs would`() async throws {
    let hosted = try await Hosted.granted(shard: 2 << 20)
    let digest = SHA256Digest(of: hosted.shard)
    let pointer = GitObject.pointer(to: digest, size: 2 << 20)
    try await hosted.serve { visitor in
      let info = try await visitor.ask("\(Self.model)?blobs=True").json.objectValue
      let siblings = try #require(info?["siblings"]?.arrayValue)
      let readme: JSONValue = [
        "blobId": .string(GitObject.blob(Hosted.page)), "rfilename": "README.md",
        "size": .integer(Hosted.page.count),
      ]
      #expect(siblings[0] == readme)
      let weights: JSONValue = [
        "blobId": .string(GitObject.blob(pointer)),
        "lfs": [
          "pointerSize": .integer(pointer.count), "sha256": .string(digest.hex), "size": 2_097_152,
        ],
        "rfilename": "model.safetensors", "size": 2_097_152,
      ]
      #expect(siblings[2] == weights)
      let tree = try await visitor.ask("\(Self.model)/tree/weights").json.arrayValue
      let entry: JSONValue = [
        "lfs": [
          "oid": .string(digest.hex), "pointerSize": .integer(pointer.count), "size": 2_097_152,
        ],
        "oid": .string(GitObject.blob(pointer)), "path": "model.safetensors", "size": 2_097_152,
        "type": "file",
      ]
      #expect(tree?.contains(entry) == true)
    }
  }

  @Test func `list trees, in pages that name the next`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let whole = try await visitor.ask("\(Self.model)/tree/main?recursive=true&expand=false")
      let paths = try paths(whole)
      #expect(paths.count == 6)
      #expect(whole.fields["link"] == nil)
      var found: [String] = []
      var target = "\(Self.model)/tree/main?recursive=true&limit=4"
      while true {
        let page = try await visitor.ask(target)
        found += try self.paths(page)
        guard let link = page.fields["link"] else { break }
        let address = "<http://localhost:\(visitor.port)"
        #expect(link.hasPrefix(address) && link.hasSuffix(">; rel=\"next\""))
        target = String(link.dropFirst(address.count).prefix { $0 != ">" })
      }
      #expect(found == paths)
      #expect(try self.paths(await visitor.ask("\(Self.model)/tree/main/src")) == ["src/main.py"])
      let missing = try await visitor.ask("\(Self.model)/tree/main/additional_chat_templates")
      #expect(missing.status == 404)
      #expect(missing.fields["x-error-code"] == "EntryNotFound")
    }
  }

  @Test func `list the paths that were asked for and exist`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let answer = try await visitor.ask(
        "\(Self.model)/paths-info/main",
        "POST",
        fields: ["Content-Type": "application/x-www-form-urlencoded"],
        body: "paths=src%2Fmain.py&paths=nothing&paths=src&paths=src&expand=true"
      )
      #expect(try paths(answer) == ["src/main.py", "src"])
      let flood = try await visitor.ask(
        "\(Self.model)/paths-info/main",
        "POST",
        body: (0...Tree.mostPaths).map { "paths=\($0)" }.joined(separator: "&")
      )
      #expect(flood.status == 400)
      #expect(flood.fields["x-error-message"]?.contains("1000 paths") == true)
    }
  }

  @Test func `name the branches`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let json = try await visitor.ask("\(Self.model)/refs").json.objectValue
      let branches = json?["branches"]?.arrayValue?.compactMap { $0.objectValue }
      #expect(branches?.map { $0["name"] } == ["main", "code", "weights"])
      #expect(branches?.map { $0["ref"] }.first == "refs/heads/main")
      #expect(branches?.allSatisfy { $0["targetCommit"]?.stringValue?.utf8.count == 40 } == true)
      #expect(json?["converts"] == [] && json?["tags"] == [])
      #expect(json?["pullRequests"] == nil)
    }
  }

  @Test func `tell who may have all of main`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let target = "\(Self.model)/auth-check"
      #expect(try await visitor.ask(target, as: "bob").status == 200)
      let eve = try await visitor.ask(target, as: "eve")
      #expect(eve.status == 403)
      #expect(eve.fields["x-error-code"] == "GatedRepo")
      #expect(eve.fields["x-error-message"]?.contains("tier weights") ?? false)
      #expect(try await visitor.ask(target).status == 401)
    }
  }

  @Test func `tell whose token it is`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    try await hosted.serve { visitor in
      let json = try await visitor.ask("/api/whoami-v2", as: "bob").json.objectValue
      #expect(json?["name"] == "bob")
      let token = json?["auth"]?.objectValue?["accessToken"]?.objectValue
      #expect(token?["displayName"] == "bob-t")
      for name in [nil, "nobody"] {
        #expect(try await visitor.ask("/api/whoami-v2", as: name).status == 401)
      }
      #expect(try await visitor.ask("/api/agent-harnesses").status == 200)
    }
  }

  /// Everything that can be asked about a repository.
  static let questions = [
    "/api/models/ana/NAME", "/api/models/ana/NAME/revision/main", "/api/models/ana/NAME/tree/main",
    "/api/models/ana/NAME/refs", "/api/models/ana/NAME/auth-check",
    "/ana/NAME/resolve/main/README.md", "/ana/NAME/resolve/weights/nothing",
  ]

  @Test func `say the same of what is not public and of what is not`() async throws {
    let hosted = try await Hosted.adopted(shard: 100_000)
    try await hosted.serve { visitor in
      for question in Self.questions {
        for name in [nil, "eve", "nobody"] {
          let hidden = try await visitor.ask(question.replacing("NAME", with: "tiny"), as: name)
          let absent = try await visitor.ask(question.replacing("NAME", with: "nope"), as: name)
          #expect(hidden.status == (name == "nobody" ? 401 : 404))
          #expect(essence(hidden) == essence(absent).replacing("nope", with: "tiny"))
        }
      }
    }
  }

  @Test func `know a hidden repository for those who have business in it`() async throws {
    let hosted = try await Hosted.adopted(shard: 100_000)
    let ledger = hosted.deployed.ledger
    let token = try await ledger.issueToken(
      for: "person:ana",
      name: "t",
      lasts: nil,
      at: Deployed.noon
    )
    try await hosted.serve { visitor in
      let ana = Visitor(port: visitor.port, tokens: ["ana": token])
      #expect(try await ana.ask("\(Self.model)/refs", as: "ana").status == 200)
      let info = try await ana.ask(Self.model, as: "ana")
      #expect(info.fields["x-error-code"] == "RevisionNotFound")
    }
  }

  @Test func `see what opens while they run`() async throws {
    let hosted = try await Hosted.adopted(shard: 100_000)
    try await hosted.serve { visitor in
      #expect(try await visitor.ask(Self.model).status == 404)
      try await hosted.deployed.open("public")
      let before = try await visitor.ask(Self.model).json.objectValue
      #expect(before?["gated"] == false)
      try await hosted.deployed.open("gated")
      let after = try await visitor.ask(Self.model).json.objectValue
      #expect(after?["gated"] == "manual")
      let old = try #require(before?["sha"]?.stringValue)
      #expect(try await visitor.ask("\(Self.model)/revision/\(old)").status == 200)
    }
  }

  private func paths(_ answer: Visitor.Answer) throws -> [String] {
    try answer.json.arrayValue?.compactMap { $0.objectValue?["path"]?.stringValue } ?? []
  }

  private func essence(_ answer: Visitor.Answer) -> String {
    let fields = answer.fields.filter {
      !["date", "x-request-id", "content-length"].contains($0.key)
    }
    let lines = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "\(answer.status)\n" + lines.joined(separator: "\n")
      + String(decoding: answer.body, as: UTF8.self)
  }
}

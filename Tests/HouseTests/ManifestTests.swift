import Testing

@Suite("The package's manifest")
struct ManifestTests {
  let text: String
  let targets: [(kind: String, name: String)]

  init() throws {
    let text = try Repository.text("Package.swift")
    let entry = /\.(target|executableTarget|testTarget)\(\s*name:\s*"([^"]+)"/
    targets = text.matches(of: entry).map { (String($0.1), String($0.2)) }
    self.text = text
  }

  @Test func `has a target for every folder, and a folder for every target`() throws {
    let tests = targets.filter { $0.kind == "testTarget" }.map(\.name)
    let sources = targets.filter { $0.kind != "testTarget" }.map(\.name)
    #expect(try Set(sources) == Repository.folders(in: "Sources"))
    #expect(try Set(tests) == Repository.folders(in: "Tests"))
    #expect(Set(targets.map(\.name)).count == targets.count)
  }

  @Test func `makes every library a product, and one program`() throws {
    let product = /\.(library|executable)\(name: "([^"]+)", targets: \["([^"]+)"\]\)/
    let products = text.matches(of: product).map { [String($0.1), String($0.2), String($0.3)] }
    let expected = ImportsTests.libraries.map { ["library", $0, $0] }
    #expect(Set(products) == Set(expected + [["executable", "sluice", "sluice"]]))
  }

  // Packages with unsafe flags cannot be depended upon.
  @Test func `has no unsafe flags`() {
    #expect(!text.contains("unsafeFlags"))
  }

  @Test func `is as strict with every Swift target`() {
    let strict = text.matches(of: /swiftSettings: strict\b/).count
    #expect(strict == targets.count - 1, "every target but CSluiceKernels")
    for setting in [
      ".treatAllWarnings(as: .error)", #"Feature("ExistentialAny")"#,
      #"Feature("InternalImportsByDefault")"#, #"Feature("MemberImportVisibility")"#,
    ] {
      #expect(text.contains(setting))
    }
  }
}

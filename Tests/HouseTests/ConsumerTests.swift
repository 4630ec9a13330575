import Foundation
import Testing

/// Somebody else's package decides a case with Sluice's rules, and with nothing else of Sluice.
@Suite("A package that depends on the rules", .serialized)
struct ConsumerTests {
  // A package is known by its folder, in lower case.
  static let identity = Repository.root.lastPathComponent.lowercased()

  static let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "consumer",
      dependencies: [.package(path: "\(Repository.root.path(percentEncoded: false))")],
      targets: ["consumer", "forger"].map { name in
        .executableTarget(
          name: name,
          dependencies: [
            .product(name: "SluiceEncoding", package: "\(identity)"),
            .product(name: "SluiceGovernance", package: "\(identity)"),
          ]
        )
      }
    )
    """

  @Test func `is built outside of the repository, and decides`() throws {
    let package = try Package()
    let built = try package.build("consumer")
    try #require(built.status == 0, "\(built.output)")
    let decided = try run([
      Package.scratch + "/debug/consumer",
      Repository.url("Policies/open-release.yaml").path(percentEncoded: false),
    ])
    #expect(decided.output == "open met approved\n")
    #expect(decided.status == 0)
  }

  @Test func `says so in about twenty lines`() throws {
    let code = try Repository.lines("Tests/HouseTests/Consumer/Consumer.swift").filter { line in
      let words = line.drop { $0 == " " }
      return !words.isEmpty && !words.hasPrefix("//") && !words.hasPrefix("import ")
    }
    #expect(code.count <= 24)
  }

  /// Nothing but `evaluate`, and the bytes of what it led to, is a way to a decision or a grant.
  @Test func `cannot make up what was decided`() throws {
    let output = try Package().build("forger").output
    let refused = output.matches(of: /Forger\.swift:(\d+):\d+: error: ([^\n]+)/)
      .reduce(into: [Int: String]()) { lines, match in
        lines[Int(match.1) ?? 0, default: ""] += String(match.2)
      }
    let lines = try Repository.lines("Tests/HouseTests/Consumer/Forger.swift")
    let forged = lines.indices.filter { lines[$0].hasSuffix("// forged") }.map { $0 + 1 }
    #expect(forged.count >= 18)
    #expect(Set(refused.keys) == Set(forged), "\(output)")
    for (line, words) in refused {
      // Where there is a way that is open, the one that is not counts as a mistake in its arguments.
      #expect(words.contains(/inaccessible|argument/), "line \(line): \(words)")
    }
  }

  /// What only this repository may do is done where it is meant to be.
  @Test(arguments: [
    ("Premise(approving:", ["SluiceGovernance/Scenario/Play.swift", "SluiceServer/Supposing/"]),
    ("Decision(supposing:", ["SluiceServer/Supposing/"]),
    ("Grant.Terms(", ["SluiceGovernance/Evaluation/", "SluiceLedger/Grant+Row.swift"]),
    (" Grant(\n", ["SluiceLedger/Grant+Row.swift"]),
  ])
  func `is not outdone from within`(word: String, places: [String]) throws {
    var found: Set<String> = []
    for path in try Repository.swiftFiles(in: "Sources")
    where try Repository.text("Sources/\(path)").contains(word) {
      let place = places.first { path.hasPrefix($0) }
      #expect(place != nil, "\(path): \(word)")
      if let place { found.insert(place) }
    }
    #expect(found == Set(places))
  }
}

/// A package of somebody else's, in a folder of its own while it is needed.
private final class Package {
  /// Kept between runs, because swift-crypto takes a minute to build.
  static let scratch = Repository.root.appending(path: ".build/consumer").path(
    percentEncoded: false
  )

  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())")

  init() throws {
    for name in ["consumer", "forger"] {
      let sources = folder.appending(path: "Sources/\(name)")
      try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
      let file = "\(name.capitalized).swift"
      try FileManager.default.copyItem(
        at: Repository.url("Tests/HouseTests/Consumer/\(file)"),
        to: sources.appending(path: file)
      )
    }
    try ConsumerTests.manifest.write(
      to: folder.appending(path: "Package.swift"),
      atomically: true,
      encoding: .utf8
    )
  }

  deinit { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }

  func build(_ target: String) throws -> (status: Int32, output: String) {
    try run([
      "swift", "build", "--package-path", folder.path(percentEncoded: false), "--scratch-path",
      Self.scratch, "--product", target,
    ])
  }
}

private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

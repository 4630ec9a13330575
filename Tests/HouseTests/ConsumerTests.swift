import Foundation
import Testing

/// Somebody else's package decides a case with Sluice's rules, and with nothing else of Sluice.
@Suite("A package that depends on the rules")
struct ConsumerTests {
  // A package is known by its folder, in lower case.
  static let identity = Repository.root.lastPathComponent.lowercased()

  static let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "consumer",
      dependencies: [.package(path: "\(Repository.root.path(percentEncoded: false))")],
      targets: [
        .executableTarget(
          name: "consumer",
          dependencies: [
            .product(name: "SluiceEncoding", package: "\(identity)"),
            .product(name: "SluiceGovernance", package: "\(identity)"),
          ]
        )
      ]
    )
    """

  @Test func `is built outside of the repository, and decides`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())")
    let sources = folder.appending(path: "Sources/consumer")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
    try Self.manifest.write(
      to: folder.appending(path: "Package.swift"),
      atomically: true,
      encoding: .utf8
    )
    try FileManager.default.copyItem(
      at: Repository.url("Tests/HouseTests/Consumer/Consumer.swift"),
      to: sources.appending(path: "Consumer.swift")
    )
    // Kept between runs, because swift-crypto takes a minute to build.
    let scratch = Repository.root.appending(path: ".build/consumer").path(
      percentEncoded: false
    )
    let built = try run([
      "swift", "build", "--package-path", folder.path(percentEncoded: false), "--scratch-path",
      scratch,
    ])
    try #require(built.status == 0, "\(built.output)")
    let decided = try run([
      scratch + "/debug/consumer",
      Repository.url("Policies/open-release.yaml").path(percentEncoded: false),
    ])
    #expect(decided.output == "open met approved\n")
    #expect(decided.status == 0)
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
}

import Testing

/// The table of style 2: a new dependency is a line here, seen in review.
@Suite("Imports")
struct ImportsTests {
  static let libraries: Set<String> = [
    "SluiceAPI", "SluiceEncoding", "SluiceGovernance", "SluiceLedger", "SluiceProof",
    "SluiceServer", "SluiceWeights",
  ]

  /// What the files of a folder may import, besides the standard library and Foundation.
  static let allowed: [String: Set<String>] = [
    "SluiceEncoding": ["Crypto"],
    "SluiceGovernance": ["SluiceEncoding"],
    "SluiceGovernance/Policy": ["Yams"],
    "SluiceProof": ["SluiceEncoding", "Crypto", "CryptoExtras"],
    "SluiceWeights": ["SluiceEncoding", "CSluiceKernels", "Crypto", "Glibc"],
    "SluiceLedger": [
      "SluiceEncoding", "SluiceGovernance", "SluiceProof", "GRDB", "GRDBSQLite",
    ],
    "SluiceAPI": ["SluiceEncoding", "SluiceGovernance"],
    "SluiceServer": libraries.subtracting(["SluiceServer"]).union([
      "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore",
      "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix", "NIOSSL", "ServiceLifecycle",
      "UnixSignals",
    ]),
    "sluice": libraries.union([
      "ArgumentParser", "AsyncHTTPClient", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
    ]),
  ]

  /// A bench measures whatever there is, and nobody builds on it.
  static let unrestricted = "sluice-bench"

  @Test(arguments: try Repository.swiftFiles(in: "Sources"))
  func `point one way`(path: String) throws {
    let imported = try modules(importedBy: "Sources/" + path)
    #expect(!imported.contains("sluice_bench"))
    guard !path.hasPrefix(Self.unrestricted + "/") else { return }
    let folders = Self.allowed.filter { path.hasPrefix($0.key + "/") }
    #expect(!folders.isEmpty, "a target that the table does not list")
    #expect(imported.subtracting(folders.values.joined()).subtracting(Self.free) == [])
  }

  @Test func `of tests use what everybody can use`() throws {
    for path in try Repository.swiftFiles(in: "Tests") {
      let imported = try modules(importedBy: "Tests/" + path)
      #expect(imported.isDisjoint(with: ["sluice", "sluice_bench", "XCTest"]), "\(path)")
      // Tests are built in release mode, where nothing is testable.
      let isTestable = try Repository.text("Tests/" + path).contains("@test" + "able ")
      #expect(!isTestable, "\(path)")
    }
  }

  @Test func `of the table are those of a known target`() throws {
    let listed = Set(
      Self.allowed.keys.compactMap { $0.split(separator: "/").first.map(String.init) }
    )
    let folders = try Repository.folders(in: "Sources")
    #expect(listed.union([Self.unrestricted, "CSluiceKernels"]) == folders)
  }

  @Test(arguments: [
    ("import GRDB", "GRDB"), ("internal import GRDB", "GRDB"), ("public import GRDB", "GRDB"),
    ("  import GRDB", "GRDB"), ("@preconcurrency import GRDB", "GRDB"),
    ("@preconcurrency public import GRDB", "GRDB"), ("import struct GRDB.Row", "GRDB"),
    ("internal import enum Crypto.P256", "Crypto"), ("import GRDB  // why", "GRDB"),
    ("@_spi(Testing) import GRDB", "GRDB"),
  ])
  func `are seen however they are written`(line: String, module: String) {
    #expect(Self.module(importedBy: line[...]) == module)
  }

  @Test(arguments: [
    "// import GRDB", "let import = 1", "/// Nothing may import GRDB", "imports(x)",
  ])
  func `are not seen where there are none`(line: String) {
    #expect(Self.module(importedBy: line[...]) == nil)
  }

  // Parts of the toolchain that know neither disk nor network.
  private static let free: Set<String> = ["Foundation", "Synchronization"]

  private func modules(importedBy path: String) throws -> Set<String> {
    Set(try Repository.lines(path).compactMap { Self.module(importedBy: $0) })
  }

  // Attributes, access and the kind of declaration may stand around the word `import`.
  private static func module(importedBy line: Substring) -> String? {
    guard let first = line.utf8.first(where: { $0 != UInt8(ascii: " ") }),
      "@ipf".utf8.contains(first)
    else { return nil }
    var words = line.split(separator: " ")[...]
    words = words.drop { $0.hasPrefix("@") || access.contains($0) }
    guard words.popFirst() == "import" else { return nil }
    words = words.drop { kinds.contains($0) }
    return words.first.map { String($0.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }
  }

  private static let access: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "actor", "func", "var", "let", "typealias",
  ]
}

// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let asyncHTTPClient: Target.Dependency = .product(
  name: "AsyncHTTPClient",
  package: "async-http-client"
)
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(
  name: "HummingbirdCore",
  package: "hummingbird"
)
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(
  name: "HummingbirdTesting",
  package: "hummingbird"
)
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(
  name: "NIOHTTPTypes",
  package: "swift-nio-extras"
)
let nioHTTPTypesHTTP1: Target.Dependency = .product(
  name: "NIOHTTPTypesHTTP1",
  package: "swift-nio-extras"
)
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)
let unixSignals: Target.Dependency = .product(
  name: "UnixSignals",
  package: "swift-service-lifecycle"
)
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let libraries: [Target.Dependency] = [
  "SluiceEncoding", "SluiceGovernance", "SluiceProof", "SluiceWeights", "SluiceLedger",
  "SluiceAPI", "SluiceServer",
]

let package = Package(
  name: "sluice",
  products: [
    .library(name: "SluiceEncoding", targets: ["SluiceEncoding"]),
    .library(name: "SluiceGovernance", targets: ["SluiceGovernance"]),
    .library(name: "SluiceProof", targets: ["SluiceProof"]),
    .library(name: "SluiceWeights", targets: ["SluiceWeights"]),
    .library(name: "SluiceLedger", targets: ["SluiceLedger"]),
    .library(name: "SluiceAPI", targets: ["SluiceAPI"]),
    .library(name: "SluiceServer", targets: ["SluiceServer"]),
    .executable(name: "sluice", targets: ["sluice"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "SluiceEncoding", dependencies: [crypto], swiftSettings: strict),
    .target(
      name: "SluiceGovernance",
      dependencies: ["SluiceEncoding", yams],
      swiftSettings: strict
    ),
    .target(
      name: "SluiceProof",
      dependencies: ["SluiceEncoding", crypto],
      swiftSettings: strict
    ),
    .target(name: "CSluiceKernels"),
    .target(
      name: "SluiceWeights",
      dependencies: ["SluiceEncoding", "CSluiceKernels"],
      swiftSettings: strict
    ),
    .target(
      name: "SluiceLedger",
      dependencies: ["SluiceEncoding", "SluiceGovernance", "SluiceProof", grdb, sqlite],
      swiftSettings: strict
    ),
    .target(
      name: "SluiceAPI",
      dependencies: ["SluiceEncoding", "SluiceGovernance"],
      swiftSettings: strict
    ),
    .target(
      name: "SluiceServer",
      dependencies: [
        "SluiceEncoding", "SluiceGovernance", "SluiceProof", "SluiceWeights", "SluiceLedger",
        "SluiceAPI", hummingbird, hummingbirdCore, httpTypes, logging, nioCore, nioHTTP1, nioPosix,
        nioHTTPTypes, nioHTTPTypesHTTP1, nioSSL, hummingbirdTLS, serviceLifecycle, unixSignals,
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "sluice",
      dependencies: libraries + [
        argumentParser, asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix, nioSSL,
      ],
      exclude: [
        "Policies/README.md", "Policies/embargoed-release.yaml", "Policies/gpt2.yaml",
        "Policies/llama-style.yaml", "Policies/open-release.yaml", "Policies/scenarios",
        "Policies/structured-access.yaml", "Policies/terms/community-licence.md",
        "Policies/terms/embargo.md", "Policies/terms/partner-agreement.md",
        "Policies/terms/usage.md", "Policies/terms/use-policy.md",
      ],
      resources: [
        .embedInCode("Policies/single-steward.yaml"), .embedInCode("Policies/two-person.yaml"),
        .embedInCode("Policies/terms/use.md"),
        .embedInCode("Policies/terms/weights-agreement.md"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "sluice-bench",
      dependencies: libraries + [argumentParser, grdb, sqlite],
      swiftSettings: strict
    ),
    .testTarget(name: "EncodingTests", dependencies: ["SluiceEncoding"], swiftSettings: strict),
    .testTarget(
      name: "GovernanceTests",
      dependencies: ["SluiceEncoding", "SluiceGovernance"],
      exclude: ["Fixtures/rules-1"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ProofTests",
      dependencies: ["SluiceEncoding", "SluiceProof", crypto],
      resources: [.copy("Vectors")],
      swiftSettings: strict
    ),
    .testTarget(
      name: "WeightsTests",
      dependencies: ["SluiceEncoding", "SluiceWeights", "CSluiceKernels"],
      resources: [.copy("Golden")],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["SluiceEncoding", "SluiceGovernance", "SluiceProof", "SluiceLedger", grdb],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ServerTests",
      dependencies: libraries + [
        grdb, hummingbird, hummingbirdCore, hummingbirdTLS, hummingbirdTesting, httpTypes,
        logging, nioCore, nioEmbedded, nioPosix, nioSSL, serviceLifecycle,
      ],
      exclude: ["Vectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PolicyTests",
      dependencies: ["SluiceEncoding", "SluiceGovernance", yams],
      exclude: ["Vectors"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TranscriptTests",
      dependencies: ["SluiceEncoding"],
      exclude: ["Transcripts"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HouseTests",
      dependencies: [],
      exclude: ["Consumer"],
      swiftSettings: strict
    ),
  ]
)

// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "leakbook",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "leakbook", targets: ["leakbook"])
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.7.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.24.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "LeakModel", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "GoFormats", dependencies: ["LeakModel", "CZlib"], swiftSettings: strict),
    .target(name: "LeakAnalysis", dependencies: ["LeakModel", "GoFormats"], swiftSettings: strict),

    .executableTarget(name: "EmbedFiles", swiftSettings: strict),
    .plugin(
      name: "EmbedFilesPlugin",
      capability: .buildTool(),
      dependencies: ["EmbedFiles"],
      path: "Sources/EmbedFilesPlugin"
    ),
    .target(name: "EmbeddedCatalog", swiftSettings: strict, plugins: ["EmbedFilesPlugin"]),

    .target(
      name: "LeakRules",
      dependencies: ["LeakModel", "LeakAnalysis", "EmbeddedCatalog", "Yams"],
      swiftSettings: strict
    ),
    .target(
      name: "LeakDiagnosis",
      dependencies: [
        "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "LeakStore",
      dependencies: [
        "LeakModel", "EmbeddedCatalog",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "LeakCasebook",
      dependencies: [
        "LeakModel", "GoFormats", "LeakAnalysis", "LeakDiagnosis", "LeakStore",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "LeakChat",
      dependencies: [
        "LeakModel", "LeakRules",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "LeakServer",
      dependencies: [
        "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules", "LeakDiagnosis", "LeakStore",
        "LeakCasebook", "LeakChat", "EmbeddedCatalog",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "leakbook",
      dependencies: [
        "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules", "LeakDiagnosis", "LeakStore",
        "LeakCasebook", "LeakChat", "LeakServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),

    .executableTarget(
      name: "BareServer",
      dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
      path: "Benchmarks/BareServer",
      swiftSettings: strict
    ),

    .testTarget(
      name: "LeakModelTests",
      dependencies: ["LeakModel"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GoFormatsTests",
      dependencies: ["GoFormats", "LeakModel", "CZlib"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakAnalysisTests",
      dependencies: ["LeakAnalysis", "GoFormats", "LeakModel"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakRulesTests",
      dependencies: ["LeakRules", "LeakAnalysis", "LeakModel", "EmbeddedCatalog"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakDiagnosisTests",
      dependencies: ["LeakDiagnosis", "LeakRules", "LeakAnalysis", "GoFormats", "LeakModel"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakStoreTests",
      dependencies: [
        "LeakStore", "LeakModel", "EmbeddedCatalog",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["schema.sql"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakCasebookTests",
      dependencies: ["LeakCasebook", "LeakStore", "LeakDiagnosis", "LeakRules", "LeakModel"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakChatTests",
      dependencies: [
        "LeakChat", "LeakRules", "LeakModel",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LeakServerTests",
      dependencies: [
        "LeakServer", "LeakCasebook", "LeakStore", "LeakDiagnosis", "LeakRules", "LeakModel",
        "LeakChat", "GoFormats", "EmbeddedCatalog",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["leakbook", "LeakModel"],
      exclude: ["Scripts"],
      swiftSettings: strict
    ),
    .testTarget(name: "RepositoryTests", swiftSettings: strict),
  ]
)

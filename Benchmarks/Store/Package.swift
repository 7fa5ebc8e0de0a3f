// swift-tools-version: 6.1
// A package of its own with links to the store's sources: the main one needs no benchmark to build.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "leakbook-store-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")],
  targets: [
    .target(name: "LeakModel", swiftSettings: strict),
    .executableTarget(name: "EmbedFiles", swiftSettings: strict),
    .plugin(
      name: "EmbedFilesPlugin",
      capability: .buildTool(),
      dependencies: ["EmbedFiles"],
      path: "Sources/EmbedFilesPlugin"
    ),
    .target(name: "EmbeddedCatalog", swiftSettings: strict, plugins: ["EmbedFilesPlugin"]),
    .target(
      name: "LeakStore",
      dependencies: [
        "LeakModel", "EmbeddedCatalog", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "store-benchmark",
      dependencies: [
        "LeakModel", "LeakStore", .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Sources/StoreBenchmark",
      swiftSettings: strict
    ),
  ]
)

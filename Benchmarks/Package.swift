// swift-tools-version: 6.1
// A package of its own with links to the parsers' sources: it builds in seconds, without the server.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "leakbook-benchmarks",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "LeakModel", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "GoFormats", dependencies: ["LeakModel", "CZlib"], swiftSettings: strict),
    .executableTarget(name: "benchmark", dependencies: ["GoFormats"], swiftSettings: strict),
  ]
)

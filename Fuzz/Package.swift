// swift-tools-version: 6.1
// A package of its own: libFuzzer brings its own `main`, which the command line tool has, too.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "leakbook-fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "LeakModel", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "GoFormats", dependencies: ["LeakModel", "CZlib"], swiftSettings: strict),
    .executableTarget(
      name: "fuzz",
      dependencies: ["GoFormats", "LeakModel"],
      swiftSettings: strict
    ),
  ]
)

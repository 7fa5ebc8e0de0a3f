// swift-tools-version: 6.1
// libFuzzer brings its own `main`: the targets stand in a package of their own, on the parsers alone.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let targets = ["Profile", "GzipProfile", "Goroutines", "System", "GCTrace", "Exposition", "Report"]

let package = Package(
  name: "leakbook-fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "LeakModel", swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "GoFormats", dependencies: ["LeakModel", "CZlib"], swiftSettings: strict),
  ]
    + targets.map { name in
      .executableTarget(
        name: "Fuzz\(name)",
        dependencies: ["GoFormats", "LeakModel"],
        swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
      )
    }
)

import Foundation
import Testing

/// Data flows one way: captures → values → facts → verdict → knowledge.
struct ImportGraphTests {
  @Test(arguments: Self.allowed.keys.sorted())
  func `a target imports only what its place allows`(target: String) throws {
    let allowed = try #require(Self.allowed[target])
    for file in try Repository.sources(of: target) {
      let forbidden = file.imports.subtracting(allowed).subtracting(Self.systemLibraries)
      #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted())")
    }
  }

  @Test func `every target has a place in the graph`() throws {
    #expect(try Repository.targets() == Self.allowed.keys.sorted())
  }

  @Test(arguments: [
    ("GRDB", "LeakStore"), ("Yams", "LeakRules"), ("CryptoExtras", "LeakChat"),
    ("ArgumentParser", "leakbook"), ("Hummingbird", "LeakServer"),
    ("HummingbirdCore", "LeakServer"),
    ("NIOHTTPTypes", "LeakServer"), ("CoreMetrics", "LeakServer"),
    ("HTTPTypes", "LeakServer"), ("CZlib", "GoFormats"),
    ("PackagePlugin", "EmbedFilesPlugin"),
  ])
  func `one target alone knows a library`(library: String, owner: String) throws {
    for target in try Repository.targets() where target != owner {
      for file in try Repository.sources(of: target) {
        #expect(!file.imports.contains(library), "\(file) imports \(library)")
      }
    }
  }

  @Test(arguments: ["LeakModel", "GoFormats", "LeakAnalysis", "LeakRules"])
  func `values are made without Foundation`(target: String) throws {
    for file in try Repository.sources(of: target) {
      #expect(file.imports.isDisjoint(with: ["Foundation", "FoundationEssentials"]), "\(file)")
    }
  }

  @Test(arguments: [
    ("import Foundation", "Foundation"),
    ("package import LeakModel", "LeakModel"),
    ("  import Glibc", "Glibc"),
    ("import struct Foundation.Data", "Foundation"),
    ("@testable import LeakRules", "LeakRules"),
  ])
  func `an import is read from a file's line`(line: String, module: String) {
    #expect(SwiftFile(path: "a.swift", text: line).imports == [module])
  }

  @Test(arguments: ["/// We import Foundation", "let text = \"import Yams\"", "important()"])
  func `other lines import nothing`(line: String) {
    #expect(SwiftFile(path: "a.swift", text: line).imports.isEmpty)
  }

  /// C's own libraries: no dependency, and no way into the upper layers.
  private static let systemLibraries: Set = [
    "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization",
  ]

  /// What each target may import.
  private static let allowed: [String: Set<String>] = [
    "LeakModel": [],
    "CZlib": [],
    "GoFormats": ["LeakModel", "CZlib"],
    "LeakAnalysis": ["LeakModel", "GoFormats"],
    "EmbedFiles": ["Foundation"],
    "EmbedFilesPlugin": ["Foundation", "PackagePlugin"],
    "EmbeddedCatalog": [],
    "LeakRules": ["LeakModel", "LeakAnalysis", "EmbeddedCatalog", "Yams"],
    "LeakDiagnosis": [
      "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules", "Crypto", "Foundation",
    ],
    "LeakStore": ["LeakModel", "EmbeddedCatalog", "GRDB", "Foundation"],
    "LeakCasebook": [
      "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules", "LeakDiagnosis", "LeakStore",
      "Foundation",
    ],
    "LeakChat": ["LeakModel", "LeakRules", "Crypto", "CryptoExtras", "Foundation"],
    "LeakServer": Set(below).union([
      "LeakChat", "AsyncHTTPClient",
      "Foundation", "FoundationEssentials", "Hummingbird", "HummingbirdCore", "HTTPTypes",
      "NIOCore", "NIOHTTP1", "NIOPosix", "NIOHTTPTypes", "CoreMetrics", "Logging",
      "ServiceLifecycle", "UnixSignals", "EmbeddedCatalog",
    ]),
    "leakbook": Set(below).union([
      "LeakChat", "LeakServer", "Foundation", "FoundationEssentials", "ArgumentParser",
      "AsyncHTTPClient", "Logging", "NIOCore", "NIOHTTP1", "ServiceLifecycle",
    ]),
  ]

  private static let below = [
    "LeakModel", "GoFormats", "LeakAnalysis", "LeakRules", "LeakDiagnosis", "LeakStore",
    "LeakCasebook",
  ]
}

import Foundation
import LeakDiagnosis
import LeakModel
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

struct CaseFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `the files of a folder come in the order of their names as people count`() throws {
    for name in ["heap.10", "heap.9", "heap.1", "goroutine.2"] { try folder.write(name) }
    #expect(try sources() == ["goroutine.2", "heap.1", "heap.9", "heap.10"])
  }

  @Test func `a folder is read two levels deep and no deeper`() throws {
    for name in ["a.txt", "cgroup.0/memory.max", "cgroup.0/deep/memory.max"] {
      try folder.write(name)
    }
    #expect(try sources() == ["a.txt", "cgroup.0/memory.max"])
  }

  @Test func `files that are named come in the order given under their own names`() throws {
    let paths = [try folder.write("b.txt"), try folder.write("sub/a.txt")]
    #expect(try CaseFolder.read(paths).files.map(\.source) == ["b.txt", "a.txt"])
  }

  @Test(arguments: ["case.json", "cgroup.0/case.json", ".hidden", ".git/config"])
  func `what is no evidence is passed over`(name: String) throws {
    try folder.write("a.txt")
    try folder.write(name)
    #expect(try sources() == ["a.txt"])
  }

  @Test func `links in a folder are passed over`() throws {
    let target = try folder.write("a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.txt",
      withDestinationPath: target
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/round",
      withDestinationPath: folder.path
    )
    #expect(try sources() == ["a.txt"])
  }

  @Test func `what a folder holds beside plain files is listed with the reason`() throws {
    try folder.write("a/b/heap.pb.gz")
    let target = try folder.write("a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.txt",
      withDestinationPath: target
    )
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let ignored = try CaseFolder.read([folder.path]).ignored
    #expect(ignored.map(\.source) == ["a/b", "link.txt", "pipe"])
    #expect(
      ignored.map(\.reason) == [
        "a folder more than two levels deep, not read: name it itself",
        "a link, not followed: name it itself", "no regular file",
      ]
    )
  }

  @Test func `a file too large for a capture is an error`() throws {
    let path = try folder.write("core")
    #expect(truncate(path, CaseFolder.largestFile + 1) == 0)
    #expect(throws: CaseFolder.Failure.tooLarge(path)) { try CaseFolder.read([path]) }
  }

  @Test func `a file that breaks while it is read is told with the system's reason`() {
    // The first page of a process is never mapped.
    let path = "/proc/self/mem"
    #expect(throws: CaseFolder.Failure.unreadable(path, "input/output error")) {
      try CaseFolder.read([path])
    }
  }

  @Test func `a named pipe in a folder is passed over and not waited for`() throws {
    try folder.write("a.txt")
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(try sources() == ["a.txt"])
  }

  @Test func `what is passed over is not listed as ignored`() throws {
    try folder.write("case.json")
    #expect(try CaseFolder.read([folder.path]).ignored.isEmpty)
  }

  @Test func `an empty folder gives no files`() throws {
    #expect(try CaseFolder.read([folder.path]).files.isEmpty)
  }

  @Test func `a path that is not there is an error that names it`() {
    let path = folder.path + "/none"
    #expect(throws: CaseFolder.Failure.missing(path)) { try CaseFolder.read([path]) }
  }

  @Test func `a file's bytes are read whole`() throws {
    try folder.write("a.txt", "evidence")
    #expect(try CaseFolder.read([folder.path]).files.map(\.bytes) == [Array("evidence".utf8)])
  }

  @Test func `a shipped case is read with its cgroup folders`() throws {
    let files = try CaseFolder.read([Fixture.blockedSenders]).files
    #expect(files.contains { $0.source == "cgroup.2/memory.stat" })
    #expect(files.allSatisfy { !$0.source.hasSuffix("case.json") })
  }

  private func sources() throws -> [String] {
    try CaseFolder.read([folder.path]).files.map(\.source)
  }
}

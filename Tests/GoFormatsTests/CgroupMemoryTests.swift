import Testing

@testable import GoFormats

struct CgroupMemoryTests {
  private func read(_ text: String, _ source: String = "memory.stat") -> CgroupMemory? {
    CgroupMemory(Array(text: text), source: source)
  }

  @Test func `a bare number is what its file's name says`() {
    #expect(read("1024\n", "pod/memory.current")?.usage == 1_024)
    #expect(read("1024\n", "cgroup.0/memory.usage_in_bytes")?.usage == 1_024)
    #expect(read("1024\n", "memory.peak")?.peak == 1_024)
    #expect(read("3\n", "memory.failcnt")?.limitHits == 3)
  }

  @Test func `a bare number under another name is nothing`() {
    #expect(read("1024\n", "notes.txt") == nil)
  }

  @Test(arguments: ["max", "-1", "9223372036854771712", "18446744073709551615"])
  func `no limit is written in four ways`(text: String) {
    let memory = read(text, "memory.max")
    #expect(memory?.isUnlimited == true)
    #expect(memory?.limit == nil)
  }

  @Test func `memory.events is known by its names`() {
    let memory = read("low 0\nhigh 4\nmax 12\noom 1\noom_kill 1\n", "events")
    #expect(memory?.version == 2)
    #expect(memory?.limitHits == 12)
    #expect(memory?.highEvents == 4)
    #expect(memory?.oomKills == 1)
  }

  @Test func `oom_control is known by its names`() {
    let memory = read("oom_kill_disable 0\nunder_oom 0\noom_kill 2\n", "x")
    #expect(memory?.version == 1)
    #expect(memory?.oomKills == 2)
  }

  @Test func `memory.stat keeps its names and gives v1's limit`() throws {
    let bytes = try Fixture.bytes("cgroup-v1-memory.stat")
    let memory = try #require(CgroupMemory(bytes, source: "x"))
    #expect(memory.version == 1)
    #expect(memory.limit == 167_772_160)
    #expect(memory.stat["total_rss"] == 25_088_000)
  }

  @Test func `the files of one cgroup add up`() throws {
    var memory = try #require(read("1024\n", "memory.current"))
    memory.merge(try #require(read("max\n", "memory.max")))
    #expect(memory.usage == 1_024)
    #expect(memory.isUnlimited)
  }
}

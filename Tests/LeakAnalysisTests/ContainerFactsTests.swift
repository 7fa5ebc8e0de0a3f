import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct ContainerFactsTests {
  @Test func `usage is the peak over the limit`() {
    let facts = FactSet(
      .cgroup {
        $0.limit = 200
        $0.usage = 50
        $0.peak = 150
      }
    )
    #expect(facts.number(.containerUsageRatio) == 0.75)
  }

  @Test func `without a limit nothing is told of the container`() {
    #expect(FactSet(.cgroup { $0.usage = 50 }).all.isEmpty)
  }

  @Test func `what the process itself held is told apart`() {
    let facts = FactSet(.series { _ in [.rssAnon: 90, .cgroupLimit: 100, .cgroupUsage: 99] })
    #expect(facts.number(.containerProcessRatio) == 0.9)
    #expect(facts.number(.containerUsageRatio) == 0.99)
  }

  @Test func `page cache and kernel memory are shares of the usage in cgroup v2`() {
    let facts = FactSet(
      .cgroup {
        $0.limit = 2_000
        $0.usage = 1_000
        $0.stat = ["file": 500, "shmem": 100, "anon": 300, "kernel": 200]
      }
    )
    #expect(facts.number(.containerCacheShare) == 0.4)
    #expect(facts.number(.containerKernelShare) == 0.2)
  }

  @Test func `in cgroup v1 the kernel's is what is neither cache nor rss`() {
    let facts = FactSet(
      .cgroup {
        $0.limit = 2_000
        $0.usage = 1_000
        $0.stat = ["cache": 500, "shmem": 0, "rss": 250]
      }
    )
    #expect(facts.number(.containerCacheShare) == 0.5)
    #expect(facts.number(.containerKernelShare) == 0.25)
  }

  @Test func `hits of the limit are counted`() {
    let facts = FactSet(
      .cgroup {
        $0.limit = 100
        $0.limitHits = 69
      }
    )
    #expect(facts.number(.containerLimitHits) == 69)
  }

  @Test func `a kill for the container's limit is no shortage of the node`() {
    let facts = Self.facts(
      OOMKill(constraint: "CONSTRAINT_MEMCG", process: "app", isContainerKill: true)
    )
    #expect(facts.flag(.containerOOMKilled) == true)
    #expect(facts.flag(.nodeOOM) == false)
  }

  @Test func `a kill because the node ran out is none for the limit`() {
    let facts = Self.facts(
      OOMKill(constraint: "CONSTRAINT_NONE", process: "app", isContainerKill: false)
    )
    #expect(facts.flag(.containerOOMKilled) == false)
    #expect(facts.flag(.nodeOOM) == true)
  }

  @Test func `without the constraint's line the kill's own words decide`() {
    let facts = Self.facts(OOMKill(process: "app", isContainerKill: true))
    #expect(facts.flag(.containerOOMKilled) == true)
  }

  @Test(arguments: [(1, true), (0, false)])
  func `the cgroup's count of kills is told without a kernel log`(kills: Int64, expected: Bool) {
    #expect(FactSet(.cgroup { $0.oomKills = kills }).flag(.containerOOMKilled) == expected)
  }

  @Test(arguments: [
    ("crash-concurrent-map.log", "concurrent-map"),
    ("crash-unsafe-pointer.log", "memory-corruption"),
  ])
  func `a crash is told by its kind`(file: String, kind: String) throws {
    #expect(FactSet(try Fixture.capture(file)).word(.crashKind) == kind)
  }

  @Test(arguments: [
    ("Reason: Error\n      Exit Code: 137", "", "killed"),
    ("Reason: Error\n      Exit Code: 2", "", "crashed"),
    ("Reason: Error\n      Exit Code: 137", "liveness", "probe"),
    ("Reason: OOMKilled\n      Exit Code: 137", "", nil),
    ("Reason: Completed\n      Exit Code: 0", "", nil),
  ])
  func `how a container ended is told apart from a kill for memory`(
    state: String,
    probe: String,
    end: String?
  ) throws {
    var text = """
      Name: cart-7f9c
      Containers:
        cart:
          Last State: Terminated
            \(state)
          Limits:
            memory: 512Mi

      """
    if !probe.isEmpty {
      text += "Events:\n  Normal Killing 2m kubelet Container cart failed \(probe) probe, "
      text += "will be restarted\n"
    }
    let captures = try Capture.read(Array(text.utf8), source: "describe.txt")
    #expect(FactSet(measuring: EvidenceBundle(captures)).word(.containerEnd) == end)
  }

  private static func facts(_ kill: OOMKill) -> FactSet {
    FactSet(Capture(source: "dmesg.txt", format: .kernelLog, content: .kernelLog([kill])))
  }
}

import LeakModel
import Testing

@testable import GoFormats

struct OOMKillTests {
  @Test func `a container kill has its constraint, cgroup and sizes`() throws {
    let kills = OOMKill.read(try Fixture.bytes("kernel-log-container-kill.txt"))
    #expect(
      kills == [
        OOMKill(
          constraint: "CONSTRAINT_MEMCG",
          process: "thumbnail-batch",
          pid: 17_894,
          virtual: 1_840_508 * 1_024,
          anonymous: 195_764 * 1_024,
          file: 8_068 * 1_024,
          shmem: 0,
          pageTables: 544 * 1_024,
          cgroup: "/kubepods/burstable/thumbnail-batch-21200",
          isContainerKill: true
        )
      ]
    )
  }

  @Test func `a kill is as old as its line tells`() throws {
    let kill = "Memory cgroup out of memory: Killed process 42 (cart) total-vm:100kB, anon-rss:9kB"
    let captures = try Capture.read(
      Array(text: "2026-11-20T03:12:09+0100 node-3 kernel: \(kill)\n"),
      source: "kernel.log"
    )
    #expect(captures.map(\.capturedAt?.description) == ["2026-11-20T02:12:09Z"])
  }

  @Test func `a kill whose line leaves the moment open has no time`() throws {
    let kills = OOMKill.read(try Fixture.bytes("kernel-log-container-kill.txt"))
    #expect(kills.map(\.at) == [nil])
  }

  @Test func `what kubectl describes is as old as the container's last end`() throws {
    let bytes = try Fixture.bytes("kubectl-describe-sidecar.txt")
    let captures = try Capture.read(bytes, source: "pod.txt")
    #expect(captures.map(\.capturedAt?.description) == ["2026-01-07T08:38:58Z"])
  }

  @Test func `an older kernel announces the kill on a line of its own`() {
    let text = """
      [1.0] Memory cgroup out of memory: Kill process 42 (cart) score 990 or sacrifice child
      [1.0] Killed process 42 (cart) total-vm:100kB, anon-rss:90kB, file-rss:0kB

      """
    let kills = OOMKill.read(Array(text: text))
    #expect(kills.map(\.pid) == [42])
    #expect(kills.map(\.anonymous) == [92_160])
    #expect(kills.map(\.isContainerKill) == [true])
  }

  @Test func `a node that ran out is no container kill`() {
    let text = "kernel: Out of memory: Killed process 7 (app) total-vm:1kB, anon-rss:1kB\n"
    #expect(OOMKill.read(Array(text: text)).map(\.isContainerKill) == [false])
  }

  @Test func `a log cut before the kill still names the victim`() {
    let text =
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task_memcg=/a,task=cart,pid=9,uid=0\n"
    let kills = OOMKill.read(Array(text: text))
    #expect(kills.map(\.process) == ["cart"])
    #expect(kills.map(\.cgroup) == ["/a"])
  }
}

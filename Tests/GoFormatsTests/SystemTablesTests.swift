import LeakModel
import Testing

@testable import GoFormats

struct SystemTablesTests {
  private func containers(_ name: String) throws -> [ContainerReport] {
    let captures = try Capture.read(Fixture.bytes(name), source: name)
    guard case .containers(let reports) = captures.first?.content else { return [] }
    return reports
  }

  @Test func `describe tells the limit and the last end`() throws {
    let report = try #require(try containers("kubectl-describe.txt").first)
    #expect(report.name == "cart")
    #expect(report.memoryLimit == 512 << 20)
    #expect(report.memoryRequest == 256_000_000)
    #expect(report.isOOMKilled)
    #expect(report.exitCode == 137)
    #expect(report.restartCount == 4)
    #expect(report.goMemoryLimit == "off")
    #expect(report.finishedAt?.description == "2026-01-07T08:38:58Z")
  }

  @Test func `describe tells the containers of a pod apart`() throws {
    let reports = try containers("kubectl-describe-sidecar.txt")
    #expect(reports.map(\.name) == ["istio-init", "istio-proxy", "cart"])
    #expect(reports.map(\.memoryLimit) == [1 << 30, 1 << 30, 512 << 20])
    #expect(reports.map(\.isOOMKilled) == [false, false, true])
    #expect(reports.map(\.lastReason) == ["Completed", nil, "OOMKilled"])
    #expect(reports.last?.goMemoryLimit == "536870912")
  }

  @Test func `a container's status joins what is asked for it, pod by pod`() throws {
    let reports = try containers("kubectl-pods.json")
    #expect(reports.map(\.name) == ["cart", "envoy", "cart"])
    #expect(reports.map(\.memoryLimit) == [512 << 20, 1 << 30, 640 << 20])
    #expect(reports.map(\.restartCount) == [4, 0, 1])
    #expect(reports.map(\.exitCode) == [137, nil, nil])
    #expect(reports.first?.goGC == "400")
  }

  @Test func `YAML without indentation tells limit and end still`() throws {
    let text =
      "lastState:\nterminated:\nexitCode: 137\nreason: OOMKilled\nresources:\nlimits:\ncpu: 1\nmemory: 30Mi\nrequests:\ncpu: 1\nmemory: 10Mi\n"
    let captures = try Capture.read(Array(text.utf8), source: "x")
    guard case .containers(let reports) = captures.first?.content else {
      Issue.record("not containers")
      return
    }
    #expect(reports.first?.memoryLimit == 30 << 20)
    #expect(reports.first?.memoryRequest == 10 << 20)
    #expect(reports.first?.isOOMKilled == true)
  }

  @Test func `the time of a container's capture is its last end`() throws {
    let captures = try Capture.read(Fixture.bytes("kubectl-describe.txt"), source: "x")
    #expect(captures.first?.capturedAt?.description == "2026-01-07T08:38:58Z")
  }

  @Test func `inspect tells Docker's limit and kill`() throws {
    let report = try #require(try containers("docker-inspect.json").first)
    #expect(report.memoryLimit == 512 << 20)
    #expect(report.isOOMKilled)
    #expect(report.exitCode == 137)
  }

  @Test func `top tells the usage of each pod`() throws {
    let reports = try containers("kubectl-top.txt")
    #expect(reports.map(\.name) == ["cart-7c9f-xk2", "mail-55d8-2bq"])
    #expect(reports.map(\.memoryUsage) == [480 << 20, 21 << 20])
  }

  @Test func `the kB of ps are KiB`() throws {
    let process = try #require(ProcessUsage.read(try Fixture.bytes("ps-aux.txt")).first)
    #expect(process.pid == 4_242)
    #expect(process.command == "/srv/cart -listen :8080")
    #expect(process.resident == 200_462_336)
  }

  @Test func `the g of top is GiB`() throws {
    let process = try #require(ProcessUsage.read(try Fixture.bytes("top-batch.txt")).first)
    #expect(process.resident == Int64(1.2 * 0x1p30))
    #expect(process.shared == 8_388_608)
  }

  @Test func `pmap gives the kinds of mappings with what is resident`() throws {
    let summary = SmapsSummary(pmap: try Fixture.bytes("pmap-x.txt"))
    #expect(summary.goHeap.rss == 40_000 * 1_024)
    #expect(summary.code.size == 2_048 * 1_024)
  }
}

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

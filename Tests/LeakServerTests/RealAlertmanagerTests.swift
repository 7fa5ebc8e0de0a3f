import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakModel
import LeakStore
import Synchronization
import Testing

@testable import LeakServer

/// The programs themselves, of Debian's packages `prometheus` and `prometheus-alertmanager`, which
/// `Scripts/setup.sh` installs; all on this machine's loopback address.
struct RealAlertmanagerTests {
  /// A program that exports one number, which the test moves.
  private final class Target: Sendable {
    private let bytes = Mutex(1_000_000_000)

    func set(_ value: Int) { bytes.withLock { $0 = value } }

    func run(_ body: @Sendable (Int) async throws -> Void) async throws {
      let router = Router()
      router.get("/metrics") { _, _ in
        let value = self.bytes.withLock { $0 }
        return "# TYPE go_memstats_heap_inuse_bytes gauge\ngo_memstats_heap_inuse_bytes \(value)\n"
      }
      let application = Application(
        router: router,
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
      )
      try await application.test(.live) { client in
        try await body(try #require(client.port))
      }
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a rule that fires opens an incident, and its end mitigates it`() async throws {
    let target = Target()
    let server = try TestServer()
    let store = server.casebook.store
    try await target.run { targetPort in
      try await server.application.application().test(.live) { client in
        let port = try #require(client.port)
        let stack = try PrometheusStack(target: targetPort, hook: port)
        defer { stack.end() }
        let opened = try await incident(in: store, stack) { $0.status == .open }
        #expect(opened.service == "cart")
        #expect(opened.severity == .p1)
        #expect(opened.title == "cart holds 1e+09 bytes")
        #expect(opened.labels["pod"] == "cart-7c9f6d-xk2p9")
        #expect(opened.labels["source"] == "alertmanager")
        #expect(opened.story.contains("measured: go_memstats_heap_inuse_bytes > 5e+08"))

        target.set(1_000)
        let ended = try await incident(in: store, stack) { $0.status != .open }
        #expect(ended.status == .mitigated)
        #expect(ended.cause == nil)
        #expect(try await store.incidents().items.count == 1)
      }
    }
  }

  /// Waits for an incident; three programs that ask each other once a second leave nothing to
  /// wait on but time.
  private func incident(
    in store: Store,
    _ stack: PrometheusStack,
    _ isMeant: (Incident) -> Bool
  ) async throws -> Incident {
    let deadline = ContinuousClock.now + .seconds(240)
    while ContinuousClock.now < deadline {
      if let incident = try await store.incidents().items.first(where: isMeant) {
        return incident
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw ChildProcess.Failure(description: "nothing came of it:\n\(stack.log)")
  }
}

/// Prometheus and Alertmanager, set up for a target and a webhook.
private struct PrometheusStack {
  private let folder: URL
  private let processes: [ChildProcess]

  init(target: Int, hook: Int) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "leakbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (prometheusPort, alertmanagerPort) = (try Self.freePort(), try Self.freePort())
    try Self.write(
      in: folder,
      "prometheus.yml",
      Self.prometheus(target: target, alertmanager: alertmanagerPort)
    )
    try Self.write(in: folder, "rules.yml", Self.rules)
    try Self.write(in: folder, "alertmanager.yml", Self.alertmanager(hook: hook))
    let path = folder.path
    processes = [
      try ChildProcess(
        [
          "prometheus-alertmanager", "--config.file=\(path)/alertmanager.yml",
          "--storage.path=\(path)/alertmanager", "--cluster.listen-address=",
          "--web.listen-address=127.0.0.1:\(alertmanagerPort)",
        ],
        log: folder.appending(path: "alertmanager.log")
      ),
      try ChildProcess(
        [
          "prometheus", "--config.file=\(path)/prometheus.yml",
          "--storage.tsdb.path=\(path)/prometheus",
          "--web.listen-address=127.0.0.1:\(prometheusPort)",
        ],
        log: folder.appending(path: "prometheus.log")
      ),
    ]
  }

  func end() {
    for process in processes { process.end() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// What both programs said.
  var log: String {
    ["alertmanager.log", "prometheus.log"].map { name in
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }.joined()
  }

  private static func write(in folder: URL, _ name: String, _ text: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  /// A port that was free a moment ago.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general -> UInt16? in
        guard bind(descriptor, general, size) == 0, getsockname(descriptor, general, &size) == 0
        else { return nil }
        return pointer.pointee.sin_port.bigEndian
      }
    }
    guard let port else { throw ChildProcess.Failure(description: "no port is free on 127.0.0.1") }
    return Int(port)
  }

  private static func prometheus(target: Int, alertmanager: Int) -> String {
    """
    global: { scrape_interval: 1s, evaluation_interval: 1s }
    rule_files: [rules.yml]
    alerting:
      alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:\(alertmanager)"] }] }]
    scrape_configs:
      - job_name: pods
        static_configs:
          - targets: ["127.0.0.1:\(target)"]
            labels: { namespace: shop, pod: cart-7c9f6d-xk2p9, container: cart }
    """
  }

  private static let rules = """
    groups:
      - name: leakbook
        rules:
          - alert: GoHeapLarge
            expr: go_memstats_heap_inuse_bytes > 5e+08
            labels: { severity: page }
            annotations: { summary: "cart holds {{ $value }} bytes" }
    """

  private static func alertmanager(hook: Int) -> String {
    """
    route: { receiver: leakbook, group_by: [alertname], group_wait: 0s, group_interval: 1s }
    receivers:
      - name: leakbook
        webhook_configs: [{ url: "http://127.0.0.1:\(hook)/api/v1/hooks/alertmanager" }]
    """
  }
}

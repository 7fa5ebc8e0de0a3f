import LeakModel

/// What the labels of an alert say of a service.
struct AlertLabels: Sendable, Equatable {
  let labels: [String: String]

  /// The labels that name a service, the surest first.
  ///
  /// `job` comes late: it often names what scrapes, such as kube-state-metrics, and not what runs.
  private static let serviceNames = [
    "service", "app_kubernetes_io_name", "app", "deployment", "statefulset", "daemonset",
    "container", "job",
  ]

  /// The labels that an incident takes over.
  static let kept = [
    "alertname", "cluster", "container", "instance", "job", "namespace", "node", "pod",
  ]

  /// The service that is in trouble; never empty.
  var service: String {
    let named = Self.serviceNames.compactMap { labels[$0] }.first { !$0.isEmpty }
    return named ?? labels["pod"].map(Self.workload(ofPod:)) ?? labels["instance"]
      ?? labels["alertname"] ?? "unknown"
  }

  /// How urgent it is, by the words that severities have in the wild; P2 where none is known.
  var severity: Severity {
    switch (labels["severity"] ?? labels["priority"] ?? "").lowercased() {
    case "p0", "emergency", "disaster": .p0
    case "p1", "critical", "page", "error", "major", "high": .p1
    case "p3", "info", "information", "informational", "low", "none", "debug": .p3
    default: .p2
    }
  }

  /// The workload of a pod: its name without what Kubernetes adds.
  ///
  /// `cart-7c9f6d5b8-xk2p9` is of deployment cart, `db-0` of stateful set db: the last part has
  /// five characters or is a number, the one before it up to ten letters and digits.
  static func workload(ofPod pod: String) -> String {
    var parts = pod.split(separator: "-")
    func isGenerated(_ part: Substring, _ length: ClosedRange<Int>) -> Bool {
      length.contains(part.count) && part.contains { $0.isNumber }
        && part.allSatisfy { $0.isNumber || $0.isLowercase }
    }
    guard parts.count > 1, let last = parts.last else { return pod }
    if last.allSatisfy(\.isNumber) {
      parts.removeLast()
    } else if last.count == 5 {
      parts.removeLast()
      if parts.count > 1, let hash = parts.last, isGenerated(hash, 4...10) { parts.removeLast() }
    }
    return parts.joined(separator: "-")
  }
}

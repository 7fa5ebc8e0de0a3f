/// Whose number a Prometheus series is, by the labels that tell containers and processes apart.
struct SeriesOwner: Hashable {
  /// What a series is about.
  enum Scope {
    /// A container or a process.
    case one
    /// A pod, a slice or the container that only holds a pod's network: more or less than a process.
    case whole
    /// All that runs on a machine, `id="/"`.
    case machine
  }

  /// `shop/cart-1/cart`, or the instance; empty without labels that tell.
  let name: String
  let scope: Scope

  /// Without labels: whoever writes the text.
  static let unnamed = SeriesOwner(name: "", scope: .one)

  private init(name: String, scope: Scope) {
    self.name = name
    self.scope = scope
  }

  /// Reads labels, `{container="cart",pod="cart-1"}` or `{"container":"cart","pod":"cart-1"}`.
  ///
  /// The kubelet and cAdvisor write `container` and `pod` (`container_name` and `pod_name` until
  /// Kubernetes 1.16), `id` is the cgroup; a pod as a whole has an empty `container`, what holds its
  /// network `POD`. cAdvisor alone writes a container's `name`. Prometheus adds `instance` and `job`.
  init(labels text: TextCursor) {
    let labels = Self.labels(text)
    if labels["id"] == "/" {
      self.init(name: "/", scope: .machine)
      return
    }
    let container = labels["container"] ?? labels["container_name"]
    let pod = labels["pod"] ?? labels["pod_name"] ?? ""
    let isWhole = container.map { $0.isEmpty || $0 == "POD" } ?? false
    let path = [labels["namespace"] ?? "", pod, container ?? ""].filter { !$0.isEmpty }
    if !pod.isEmpty || container?.isEmpty == false {
      self.init(name: path.joined(separator: "/"), scope: isWhole ? .whole : .one)
    } else if let id = labels["id"] {
      let name = labels["name"] ?? ""
      self.init(name: name.isEmpty ? id : name, scope: name.isEmpty ? .whole : .one)
    } else {
      self.init(name: labels["instance"] ?? labels["job"] ?? "", scope: .one)
    }
  }

  private static let names: Set = [
    "id", "container", "container_name", "pod", "pod_name", "namespace", "name", "instance", "job",
  ]

  /// The labels that tell an owner.
  private static func labels(_ text: TextCursor) -> [String: String] {
    var text = text
    var labels: [String: String] = [:]
    while !text.isAtEnd {
      _ = text.take { !Ascii.isWord($0) }
      let name = text.string(text.take(while: Ascii.isWord))
      // In JSON the name is quoted, too.
      _ = text.take("\"")
      text.skipBlanks()
      guard text.take("=") || text.take(":") else { continue }
      text.skipBlanks()
      guard text.take("\"") else { continue }
      let value = text.string(takeQuoted(&text))
      if names.contains(name) { labels[name] = labels[name] ?? value }
    }
    return labels
  }

  /// Takes what is left of a quoted value, its escapes as they are, and its closing quote.
  private static func takeQuoted(_ text: inout TextCursor) -> Range<Int> {
    let start = text.offset
    while let byte = text.next {
      text.offset += 1
      if byte == UInt8(ascii: "\"") { return start..<text.offset - 1 }
      if byte == UInt8(ascii: "\\"), !text.isAtEnd { text.offset += 1 }
    }
    return start..<text.offset
  }
}

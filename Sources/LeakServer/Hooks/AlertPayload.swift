import LeakChat
import LeakModel

/// What Alertmanager's webhook sends, version 4, and Grafana's likeness of it.
///
/// Shape: `{"version": "4", "groupKey": "…", "alerts": [{"status": "firing", "labels": {…},
/// "annotations": {…}, "startsAt": "2026-01-07T08:38:00.03Z", "fingerprint": "8a07086b74f3ba78"}]}`.
/// Further fields are passed over: both programs add some from time to time.
/// Source: prometheus/alertmanager, template/template.go; Grafana, "Webhook notifier".
struct AlertPayload: Sendable, Equatable {
  struct Alert: Sendable, Equatable {
    let isFiring: Bool
    let labels: [String: String]
    let annotations: [String: String]
    let startsAt: Instant
    let fingerprint: String
    /// What was asked of Prometheus; nil where the alert does not say.
    let expression: String?
    /// What Grafana measured, as it writes it.
    let values: String?
  }

  let sender: Sender
  /// Names the group of alerts; free text.
  let groupKey: String
  let alerts: [Alert]
  /// How many alerts the sender left out.
  let truncated: Int64

  /// Who sends; the raw values are authors in timelines.
  enum Sender: String, Sendable {
    case alertmanager
    case grafana
  }

  /// Reads a body.
  ///
  /// - Throws: `Problem` of kind bad request: what it names will never be accepted, so that the
  ///   sender need not repeat it.
  init(_ json: JSONValue) throws(Problem) {
    guard json["version"].text != nil, case .list(let alerts) = json["alerts"] else {
      throw Problem(
        .badRequest,
        "the body is no webhook of Alertmanager: it has no \"version\" or no \"alerts\"; "
          + "a receiver with a payload of its own cannot be read"
      )
    }
    let isGrafana = json["orgId"] != .null || json["version"].text == "1"
    self.sender = isGrafana ? .grafana : .alertmanager
    self.truncated = try json.count("truncatedAlerts")
    self.alerts = try alerts.enumerated().map { index, alert throws(Problem) in
      try Alert(alert, number: index + 1)
    }
    self.groupKey = try json.text("groupKey", of: "the group") ?? json["groupLabels"].encoded
  }
}

extension AlertPayload.Alert {
  /// Reads an alert; `number` is its place in the list, from 1, for the error.
  ///
  /// - Throws: `Problem` of kind bad request.
  fileprivate init(_ json: JSONValue, number: Int) throws(Problem) {
    let status = json["status"].text
    guard status == "firing" || status == "resolved" else {
      throw Problem(.badRequest, "alert \(number) is neither \"firing\" nor \"resolved\"")
    }
    guard let startsAt = json["startsAt"].text.flatMap({ Instant($0) }) else {
      throw Problem(.badRequest, "alert \(number) has no \"startsAt\" such as 2026-01-07T08:38:00Z")
    }
    let fingerprint = try json.text("fingerprint", of: "alert \(number)") ?? ""
    self.isFiring = status == "firing"
    self.labels = try json.strings("labels", of: "alert \(number)")
    self.annotations = try json.strings("annotations", of: "alert \(number)")
    self.startsAt = startsAt
    // A sender without fingerprints still has the labels that they are made of.
    self.fingerprint = fingerprint.isEmpty ? json["labels"].encoded : fingerprint
    self.expression = json["generatorURL"].text.flatMap { Self.expression(inURL: $0) }
    self.values = json["valueString"].text
  }

  /// The expression in `g0.expr` of a link to Prometheus.
  private static func expression(inURL text: String) -> String? {
    let query = text.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
    guard let query = try? Query(String(query)) else { return nil }
    return query["g0.expr"]
  }
}

/// What a field holds, which may be missing or null; something of another kind is an error, since
/// whoever sends that means something else.
extension JSONValue {
  fileprivate func text(_ name: String, of whose: String) throws(Problem) -> String? {
    switch self[name] {
    case .null: return nil
    case .text(let text): return text
    default: throw Problem(.badRequest, "\"\(name)\" of \(whose) is no text")
    }
  }

  /// An object of texts; empty without it.
  fileprivate func strings(_ name: String, of whose: String) throws(Problem) -> [String: String] {
    let fields: [String: JSONValue]
    switch self[name] {
    case .null: return [:]
    case .object(let object): fields = object
    default: throw Problem(.badRequest, "\"\(name)\" of \(whose) is no object")
    }
    let texts = fields.compactMapValues(\.text)
    guard texts.count == fields.count else {
      throw Problem(.badRequest, "\"\(name)\" of \(whose) holds something that is no text")
    }
    return texts
  }

  /// A count; 0 without it.
  fileprivate func count(_ name: String) throws(Problem) -> Int64 {
    switch self[name] {
    case .null: return 0
    case .integer(let count) where (0...Int64(Int32.max)).contains(count): return count
    default: throw Problem(.badRequest, "\"\(name)\" is no count")
    }
  }
}

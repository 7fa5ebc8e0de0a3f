import LeakChat
import LeakDiagnosis
import LeakModel
import LeakStore

extension AlertPayload {
  /// The payload by service: a group of alerts is one incident for each service in it.
  ///
  /// In the order of the services' names; what is written down is written at `now`.
  func reports(now: Instant) -> [AlertReport] {
    Dictionary(grouping: alerts) { AlertLabels(labels: $0.labels).service }
      .sorted { $0.key < $1.key }
      .map { service, alerts in
        AlertReport(
          key: ContentHash.sha256(Array("\(sender.rawValue)\n\(groupKey)\n\(service)".utf8)),
          alerts: alerts.map {
            AlertReport.Alert(
              fingerprint: $0.fingerprint,
              startsAt: $0.startsAt,
              isFiring: $0.isFiring,
              summary: $0.summary
            )
          },
          incident: incident(of: service, alerts, now: now)
        )
      }
  }

  private func incident(of service: String, _ alerts: [Alert], now: Instant) -> NewIncident {
    let firing = alerts.filter(\.isFiring)
    let told = firing.isEmpty ? alerts : firing
    var labels = ["source": sender.rawValue]
    for name in AlertLabels.kept {
      // Of several pods none is the one in trouble.
      let values = Set(told.map { $0.labels[name] })
      if values.count == 1, let value = values.first, let value, !value.isEmpty {
        labels[name] = ChatText.cut(value, characters: 200)
      }
    }
    let began = told.map(\.startsAt).min() ?? now
    return NewIncident(
      title: title(of: service, told),
      service: ChatText.cut(service, characters: 200),
      severity: told.map { AlertLabels(labels: $0.labels).severity }.max() ?? .p2,
      // What a rule says of all its alerts is no judgement of this one.
      isSeverityGiven: false,
      story: story(told),
      openedAt: min(began, now),
      loggedAt: now,
      author: sender.rawValue,
      labels: labels
    )
  }

  private func title(of service: String, _ alerts: [Alert]) -> String {
    let summary = alerts.compactMap { $0.annotations["summary"] }.first { !$0.isEmpty }
    let name = alerts.compactMap { $0.labels["alertname"] }.first ?? "alert"
    return ChatText.cut(ChatText.plain(summary ?? "\(name) on \(service)"), characters: 200)
  }

  /// What the alerts tell, each thing once.
  private func story(_ alerts: [Alert]) -> String {
    var paragraphs: [String] = []
    func add(_ text: String?) {
      guard let text, !text.isEmpty, !paragraphs.contains(text), paragraphs.count < 20 else {
        return
      }
      paragraphs.append(ChatText.cut(text, characters: 2_000))
    }
    for alert in alerts {
      add(alert.annotations["description"] ?? alert.annotations["message"])
      add(alert.expression.map { "measured: \($0)" })
      add(alert.values.map { "values: \($0)" })
      add(alert.annotations["runbook_url"].map { "runbook: \($0)" })
    }
    if truncated > 0 { add("the sender left \(truncated) further alerts out") }
    return paragraphs.joined(separator: "\n\n")
  }
}

extension AlertPayload.Alert {
  /// The alert in one line, for a timeline: its name and where it fires.
  var summary: String {
    let name = labels["alertname"] ?? "an alert"
    let place = labels["pod"] ?? labels["instance"] ?? labels["container"]
    return ChatText.cut(
      ChatText.plain("\(name) fires" + (place.map { " on \($0)" } ?? "")),
      characters: 300
    )
  }
}

import LeakRules

/// Two playbooks, one of them with a Chinese twin: what the server tells does not hang on the
/// rules that are shipped.
enum SampleRules {
  static var rulebook: Rulebook {
    get throws {
      try Rulebook(files: [
        (path: "goroutine/channel-send-blocked.md", text: playbook("channel-send-blocked")),
        (path: "goroutine/timer-leak.md", text: playbook("timer-leak")),
        (path: "zh/goroutine/timer-leak.md", text: chinese),
      ])
    }
  }

  private static func playbook(_ id: String) -> String {
    """
    ---
    id: \(id)
    title: Goroutines pile up
    family: goroutine
    status: stable
    severity: P1
    quadrant: progressive-growth
    summary: Goroutines wait for what never comes.
    needs: [goroutine-profiles]
    helps: [snapshots]
    culprit: goroutine
    prior: -3.0
    requires:
      - goroutine.growing.count >= 100
    excludes:
      - goroutine.finalizer_stuck == true
    evidence:
      - when: goroutine.is_growing == true
        for: 2.0
        because: a burst ends when the traffic does
    looks_like:
      - { playbook: channel-recv-blocked, tell: "the state is chan receive" }
    references:
      - https://go.dev/ref/spec
    tests:
      - name: many
        facts: { goroutine.growing.count: 4980 }
        expect: match
    ---

    # Goroutines pile up

    ## Meaning
    Nobody comes for {{service}}.

    """
  }

  private static let chinese = """
    ---
    id: timer-leak
    title: goroutine 堆积
    summary: 等待的东西永远不来。
    looks_like:
      - { playbook: channel-recv-blocked, tell: "状态是 chan receive" }
    ---

    # goroutine 堆积

    ## 含义
    没人来。

    """
}

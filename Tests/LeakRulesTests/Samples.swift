import LeakAnalysis
import LeakModel

@testable import LeakRules

/// Playbook texts that are right in every respect, to be spoiled one line at a time.
enum Sample {
  static let path = "Playbooks/goroutine/channel-send-blocked.md"
  static let chinesePath = "Playbooks/zh/goroutine/channel-send-blocked.md"

  static let english = """
    ---
    id: channel-send-blocked
    title: Goroutines wait forever to send
    family: goroutine
    status: stable
    severity: P1
    quadrant: progressive-growth
    summary: Goroutines wait to send on a channel that nobody receives from.
    needs: [goroutine-profiles]
    helps: [snapshots, goroutine-dump]
    culprit: goroutine
    prior: -3.0
    requires:
      - goroutine.growing.wait == chan_send
      - goroutine.growing.count >= 100
    excludes:
      - goroutine.finalizer_stuck == true
    evidence:
      - when: goroutine.is_growing == true
        for: 2.0
        against: 1.5
        because: a burst ends when the traffic does
      - when: goroutine.growing.wait_minutes >= 5 min
        for: 1.0
        because: nobody comes back
    looks_like:
      - { playbook: channel-recv-blocked, tell: "the state is chan receive" }
    references:
      - https://go.dev/ref/spec#Send_statements
    tests:
      - name: five thousand publishers wait on one hub
        facts: { goroutine.growing.wait: chan_send, goroutine.growing.count: 4980 }
        expect: match
      - name: workers at rest receive
        facts: { goroutine.growing.wait: chan_receive, goroutine.growing.count: 4980 }
        expect: no-match
        because: goroutine.growing.wait
      - name: a few senders are traffic
        facts: { goroutine.growing.wait: chan_send, goroutine.growing.count: 12 }
        expect: no-match
        because: goroutine.growing.count
      - name: a finalizer holds everything up
        facts:
          goroutine.growing.wait: chan_send
          goroutine.growing.count: 4980
          goroutine.finalizer_stuck: true
        expect: no-match
        because: goroutine.finalizer_stuck
      - name: without goroutines nothing can be said
        facts: { heap.growth: 40 MiB }
        expect: unknown
        missing: [goroutine-profiles]
    ---

    # Goroutines wait forever to send

    ## Meaning
    Nobody receives.

    ## Impact
    At least 2 KiB each.

    ## Diagnosis
    1. Count them at {{url}}.

    ## Mitigation
    Drain the channel.

    ## Repair
    Select on the context.

    ## Prevention
    Use goleak.

    ## Look-alikes
    `channel-recv-blocked`: the state.

    """

  static let chinese = """
    ---
    id: channel-send-blocked
    title: goroutine 永远卡在发送
    summary: 没有接收方，发送方一直等。
    looks_like:
      - { playbook: channel-recv-blocked, tell: "状态是 chan receive" }
    ---

    # goroutine 永远卡在发送

    ## 含义
    没人接收。

    ## 影响
    每个至少 2 KiB。

    ## 诊断
    数一数。

    ## 止损
    排空。

    ## 修复
    用 select。

    ## 预防
    用 goleak。

    ## 易混淆
    看状态。

    """

  /// The English text with one part replaced.
  static func english(_ part: String, _ replacement: String) -> String {
    english.replacing(part, with: replacement)
  }

  /// The problems of reading the English text with one part replaced; none when it can be read.
  static func problems(_ part: String, _ replacement: String) -> [PlaybookProblem] {
    do {
      _ = try Playbook(path: path, text: english(part, replacement)).tests()
      return []
    } catch {
      return error.problems
    }
  }

  /// Facts with the values given as playbooks write them, for example `40 MiB`.
  static func facts(written values: [FactID: String]) throws -> FactSet {
    FactSet(
      try values.map { fact, text in
        Fact(id: fact, value: try Literal.value(text[...], of: fact), statement: text, from: [])
      }
    )
  }

  /// Facts with the values given and no captures.
  static func facts(_ values: [FactID: FactValue]) -> FactSet {
    FactSet(values.map { Fact(id: $0, value: $1, statement: "", from: []) })
  }
}

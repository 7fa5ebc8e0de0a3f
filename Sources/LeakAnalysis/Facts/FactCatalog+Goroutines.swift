extension FactID {
  /// The facts about goroutines: their number, what they wait for, whose they are.
  static let goroutineFacts: [FactID: FactDefinition] = [
    .goroutineCount: .number(
      .count,
      [.goroutineProfiles, .snapshots, .goroutineDump],
      "goroutines in the newest capture"
    ),
    .goroutineGrowth: .number(
      .count,
      [.goroutineProfiles, .snapshots],
      "goroutines more than at the beginning, start-up left out"
    ),
    .goroutineGrowthRatio: .number(
      .ratio,
      [.goroutineProfiles, .snapshots],
      "goroutines at the end, divided by those at the beginning"
    ),
    .goroutineSlope: .number(
      .perMinute,
      [.snapshots, .goroutineProfiles],
      "goroutines more per minute (Theil–Sen)"
    ),
    .goroutineIsGrowing: .flag(
      [.snapshots, .goroutineProfiles],
      "the number of goroutines rises throughout, not only at the beginning or in a burst"
    ),
    .goroutineBurst: .flag(
      [.snapshots],
      "the number of goroutines multiplied within a short part of the run, or fell back"
    ),
    .goroutineStalled: .flag(
      [.snapshots],
      "from some moment on the number of goroutines rises evenly to the end, and they wait for others"
    ),
    .goroutineExcerpt: .flag(
      [.goroutineProfiles, .goroutineDump],
      "the capture is a piece of a dump, without the main goroutine: what somebody thought remarkable"
    ),
    .goroutineExcerptOf: .word(
      ExcerptSubject.allCases.map(\.rawValue),
      [],
      "of a piece of a dump: what most of its goroutines belong to, by the library that runs them"
    ),
    .goroutineContextWaitGrowth: .number(
      .count,
      [],
      "goroutines more that do nothing but wait for a context to end (package context's, gRPC's and etcd's watchers)"
    ),
    .goroutineGrowingCount: .number(
      .count,
      [.goroutineProfiles],
      "goroutines that the fastest growing stack gained (with one capture: has)"
    ),
    .goroutineGrowingShare: .number(
      .ratio,
      [.goroutineProfiles],
      "the part of all new goroutines that the fastest growing stack explains"
    ),
    .goroutineGrowingWait: .word(
      waitWords,
      [.goroutineProfiles, .goroutineDump],
      "what the goroutines of the fastest growing stack wait for"
    ),
    .goroutineGrowingWaitShare: .number(
      .ratio,
      [.goroutineProfiles, .goroutineDump],
      "the part of all new goroutines that wait for the same kind of thing, in whatever place"
    ),
    .goroutineGrowingWaitMinutes: .number(
      .minutes,
      [.goroutineDump],
      "the longest that a goroutine of the fastest growing stack has waited without waking"
    ),
    .goroutineGrowingWakes: .flag(
      [.goroutineDump, .goroutineProfiles],
      "goroutines of the fastest growing stack live for minutes, but never wait that long: they wake again and again"
    ),
    .goroutineGrowingHasOwnFrame: .flag(
      [.goroutineProfiles],
      "the fastest growing stack has a frame of the program's own code"
    ),
    .goroutineGrowingInHandler: .flag(
      [.goroutineProfiles],
      "the fastest growing stack runs inside a request handler"
    ),
    .goroutineHTTPClientGrowth: .number(
      .count,
      [.goroutineProfiles],
      "client connections more (net/http.(*persistConn).readLoop)"
    ),
    .goroutineHTTPClientBodyOpenShare: .number(
      .ratio,
      [.goroutineProfiles],
      "the part of the client connections whose readLoop waits in select: body still open"
    ),
    .goroutineClientHandlesGrowth: .number(
      .count,
      [.goroutineProfiles],
      "clients that were made and not closed: idle HTTP connections, gRPC connections, database handles, background goroutines of a client library"
    ),
    .goroutineRPCClientGrowth: .number(
      .count,
      [.goroutineProfiles],
      "gRPC client connections more (http2Client.reader, ClientConn watchers)"
    ),
    .goroutineSQLPoolGrowth: .number(
      .count,
      [.goroutineProfiles],
      "database handles more: one (*DB).connectionOpener runs for each sql.Open"
    ),
    .goroutineSQLRowsGrowth: .number(
      .count,
      [.goroutineProfiles],
      "open result sets or transactions more ((*Rows).awaitDone, (*Tx).awaitDone)"
    ),
    .goroutineSQLConnWaitGrowth: .number(
      .count,
      [.goroutineProfiles],
      "goroutines more that wait for a free database connection ((*DB).conn)"
    ),
    .goroutineLeaked: .number(
      .count,
      [.goroutineProfiles],
      "goroutines that the runtime's leak detector proved to be unreachable (goroutineleak profile)"
    ),
    .goroutineFinalizerStuck: .flag(
      [.goroutineDump, .goroutineProfiles],
      "the goroutine that runs finalizers is inside a function of the program"
    ),
    .goroutineDeepestStack: .number(
      .count,
      [.goroutineDump],
      "frames of the deepest stack, left out ones included"
    ),
  ]
}

import GoFormats
import LeakAnalysis
import LeakModel
import Testing

struct ProfileKindTests {
  @Test(arguments: [
    ("/srv/v1/shop", "/srv/v2/shop"), ("shop-v1.4.2", "shop-v1.5.0"), ("shop_20261119", "shop"),
    ("1.2", "1.2"),
  ])
  func `a new build is the same program`(one: String, other: String) {
    #expect(kind(program: one).isSameProgram(as: kind(program: other)))
  }

  @Test(arguments: [("/srv/shop", "/srv/mail"), ("shop-api", "shop-worker"), ("1.2", "1.3")])
  func `another name is another program`(one: String, other: String) {
    #expect(!kind(program: one).isSameProgram(as: kind(program: other)))
  }

  @Test(arguments: ["", "[vdso]"]) func `a mapping without a file names no program`(file: String) {
    #expect(kind(program: file).program == nil)
    #expect(kind(program: file).isSameProgram(as: kind(program: "/srv/shop")))
  }

  @Test func `profiles of one process at one rate can be compared`() {
    #expect(kind(program: "/srv/shop").objection(to: kind(program: "/srv/shop")) == nil)
  }

  @Test func `profiles at two rates cannot be compared`() {
    #expect(
      kind(period: 4_096).objection(to: kind(period: 524_288))
        == "it was sampled at another rate: one in 4096, and the other one in 524288"
    )
  }

  @Test func `a rate that is not told is no other rate`() {
    #expect(kind(period: 0).objection(to: kind(period: 524_288)) == nil)
  }

  @Test func `a change cannot be compared with a level`() {
    #expect(kind(duration: 10).isDelta)
    #expect(
      kind(duration: 10).objection(to: kind())
        == "it holds a change over some seconds (?seconds=), and the other a level"
    )
  }

  @Test func `what was freed tells a change, too`() {
    #expect(kind(bytes: -4_096).isDelta)
  }

  @Test func `profiles of another program are left out beside the last one`() {
    let captures = [
      heap("a.pb.gz", program: "/srv/shop", seconds: 100),
      heap("b.pb.gz", program: "/srv/mail", seconds: 200),
      heap("c.pb.gz", program: "/new/mail", seconds: 300),
    ]
    #expect(
      ProfileKind.strangers(among: captures) == [
        0: "left out beside c.pb.gz: it is of the program shop, and the one it would be compared"
          + " with of mail"
      ]
    )
  }

  @Test func `a goroutine profile of another program is left out beside a heap profile`() {
    let goroutines = Capture(
      source: "goroutine.pb.gz",
      format: .pprofGoroutine,
      content: .profile(profile(program: "/srv/shop")),
      capturedAt: Instant(seconds: 100)
    )
    let captures = [goroutines, heap("a.pb.gz", program: "/srv/mail", seconds: 200)]
    #expect(ProfileKind.strangers(among: captures).keys.sorted() == [0])
  }

  @Test func `a change gives way to levels, even when it is the last`() {
    let captures = [
      heap("a.pb.gz", seconds: 100), heap("b.pb.gz", seconds: 200),
      heap("delta.pb.gz", duration: 10, seconds: 300),
    ]
    #expect(ProfileKind.strangers(among: captures).keys.sorted() == [2])
  }

  @Test func `of several changes the last stays`() {
    let captures = [
      heap("a.pb.gz", duration: 10, seconds: 100), heap("b.pb.gz", duration: 10, seconds: 200),
    ]
    #expect(ProfileKind.strangers(among: captures).keys.sorted() == [0])
  }

  @Test func `captures of one process are all used`() {
    let captures = [
      heap("a.pb.gz", seconds: 100), heap("b.pb.gz", seconds: 200),
      .goroutines([(["main.main"], 1)], seconds: 150),
    ]
    #expect(ProfileKind.strangers(among: captures).isEmpty)
  }

  private func kind(
    program: String = "/srv/shop",
    period: Int64 = 524_288,
    duration: Int64 = 0,
    bytes: Int64 = 4_096
  ) -> ProfileKind {
    ProfileKind(profile(program: program, period: period, duration: duration, bytes: bytes))
  }

  private func heap(
    _ source: String,
    program: String = "/srv/shop",
    duration: Int64 = 0,
    seconds: Double
  ) -> Capture {
    Capture(
      source: source,
      format: .pprofHeap,
      content: .profile(profile(program: program, duration: duration)),
      capturedAt: Instant(seconds: seconds)
    )
  }

  private func profile(
    program: String,
    period: Int64 = 524_288,
    duration: Int64 = 0,
    bytes: Int64 = 4_096
  ) -> Profile {
    var profile = Profile(["inuse_space"], [([.call("main.main")], [bytes])])
    profile.mappingFiles = [program]
    profile.period = period
    profile.durationNanos = duration * 1_000_000_000
    return profile
  }
}

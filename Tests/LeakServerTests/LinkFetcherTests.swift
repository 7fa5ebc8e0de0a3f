import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakDiagnosis
import Synchronization
import Testing

@testable import LeakServer

struct LinkFetcherTests {
  /// Sixty ways to write an address that must not be reached, with `PORT` for that of a listener.
  static let spellings = [
    "http://127.0.0.1:PORT/x", "http://127.0.0.1.:PORT/x", "http://localhost:PORT/x",
    "http://LOCALHOST:PORT/x", "http://localhost.:PORT/x", "http://127.1:PORT/x",
    "http://127.0.1:PORT/x", "http://2130706433:PORT/x", "http://0x7f000001:PORT/x",
    "http://0x7f.1:PORT/x", "http://017700000001:PORT/x", "http://0177.0.0.1:PORT/x",
    "http://127.000.000.001:PORT/x", "http://127.0.0.2:PORT/x", "http://127.255.255.254:PORT/x",
    "http://0.0.0.0:PORT/x", "http://0:PORT/x", "http://[::1]:PORT/x", "http://[::]:PORT/x",
    "http://[0:0:0:0:0:0:0:1]:PORT/x", "http://[::ffff:127.0.0.1]:PORT/x",
    "http://[::ffff:7f00:1]:PORT/x", "http://[::127.0.0.1]:PORT/x",
    "http://[64:ff9b::127.0.0.1]:PORT/x", "http://[2002:7f00:1::]:PORT/x",
    "http://[::1%25lo]:PORT/x", "http://[fe80::1]:PORT/x", "http://user@127.0.0.1:PORT/x",
    "http://user:pw@127.0.0.1:PORT/x", "http://allowed.example@127.0.0.1:PORT/x",
    "http://allowed.example:80@127.0.0.1:PORT/x", "http://127.0.0.1:PORT#@allowed.example/",
    "http://127.0.0.1:PORT?@allowed.example/", "http://127.0.0.1:PORT\\@allowed.example/",
    "http://allowed.example\\@127.0.0.1:PORT/x", "http:\\\\127.0.0.1:PORT/x",
    "http:127.0.0.1:PORT/x", "//127.0.0.1:PORT/x", "HTTP://127.0.0.1:PORT/x",
    "hTTp://localhost:PORT/x", "http:///127.0.0.1:PORT/x", "http://127.0.0.1:PORT:80/x",
    "http://%31%32%37.0.0.1:PORT/x", "http://127.0.0.1%00.allowed.example:PORT/x",
    "http://127.0.0.1%20.allowed.example:PORT/x", "http://①②⑦.0.0.1:PORT/x",
    "http://127。0。0。1:PORT/x", "http://ⓛocalhost:PORT/x", "http://xn--localhost-:PORT/x",
    "http://127.0.0.1\t:PORT/x", "http://127.0.0.1\n:PORT/x", " http://127.0.0.1:PORT/x",
    "file:///etc/passwd", "gopher://127.0.0.1:PORT/x", "ftp://127.0.0.1:PORT/x",
    "http+unix://%2Ftmp%2Fsocket/x", "http://169.254.169.254/latest/meta-data",
    "http://[fd00:ec2::254]/latest", "http://metadata.google.internal/", "http://:PORT/x",
    "http://127.0.0.1:99999/x", "https://127.0.0.1:PORT/x",
  ]

  @Test func `no spelling of an address that is not allowed makes a connection`() async throws {
    let touched = Mutex(0)
    let router = Router()
    router.get("**") { _, _ in
      touched.withLock { $0 += 1 }
      return "canary"
    }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
    )
    try await application.test(.live) { client in
      let port = try #require(client.port)
      for allowed in [[], ["allowed.example"], ["10.0.0.0/8", "files.example"]] {
        for spelling in Self.spellings {
          let link = spelling.replacing("PORT", with: "\(port)")
          await #expect(throws: Problem.self, "\(link)") {
            try await LinkFetcher(allowed: allowed).fetch(link)
          }
        }
      }
    }
    #expect(Self.spellings.count >= 60)
    #expect(touched.withLock { $0 } == 0)
  }

  @Test func `a host that leads to this machine is not asked, though its name is allowed`()
    async throws
  {
    // Every machine knows this name, and it leads where no name may lead without a range.
    await #expect(throws: Problem.self) {
      try await LinkFetcher(allowed: ["localhost"]).fetch("http://localhost:9/x")
    }
  }

  @Test func `a capture is fetched from a range that is allowed, and no redirection followed`()
    async throws
  {
    let capture = try Fixture.bytes(Fixture.goroutines)
    let router = Router()
    router.get("/files/g.pb.gz") { _, _ in
      Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: capture)))
    }
    router.get("/elsewhere") { _, _ in
      Response(status: .found, headers: [.location: "/files/g.pb.gz"])
    }
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
    )
    try await application.test(.live) { client in
      let base = "http://127.0.0.1:\(try #require(client.port))"
      let fetcher = LinkFetcher(allowed: ["127.0.0.0/8"])
      let file = try await fetcher.fetch("\(base)/files/g.pb.gz")
      #expect(file == EvidenceFile(source: "g.pb.gz", bytes: capture))
      for path in ["/elsewhere", "/missing", "/debug/pprof/heap"] {
        await #expect(throws: Problem.self) { try await fetcher.fetch(base + path) }
      }
    }
  }

  @Test(arguments: [
    "169.254.169.254", "fe80::1", "224.0.0.1", "255.255.255.255", "0.0.0.0", "::",
    "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
  ])
  func `some addresses are reached by no permission`(text: String) throws {
    let policy = FetchPolicy(allowed: ["0.0.0.0/0", "::/0"])
    #expect(try !policy.allows(#require(NetworkAddress(text))))
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
    ("fd00::/8", "fd12::1", true), ("fd00::/8", "fe00::1", false),
    ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
  ])
  func `a range holds its addresses`(range: String, address: String, isIn: Bool) throws {
    let network = try #require(Network(range))
    #expect(try network.contains(#require(NetworkAddress(address))) == isIn)
  }

  @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "x/8", "10.1/16", ""])
  func `a range that is none is not read`(text: String) {
    #expect(Network(text) == nil)
  }
}

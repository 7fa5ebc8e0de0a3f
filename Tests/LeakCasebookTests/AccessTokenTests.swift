import LeakModel
import LeakStore
import Testing

@testable import LeakCasebook

struct AccessTokenTests {
  private func token() -> AccessToken {
    var generator = SystemRandomNumberGenerator()
    return AccessToken(using: &generator)
  }

  @Test func `a token is lbk, 43 letters and digits, and six digits of check`() {
    #expect(token().text.wholeMatch(of: /lbk_[A-Za-z0-9]{43}[0-9a-f]{6}/) != nil)
  }

  @Test func `a token as shown is read again`() {
    let token = token()
    #expect(AccessToken(token.text) == token)
  }

  @Test func `no two are the same`() {
    #expect(Set((0..<1_000).map { _ in token().text }).count == 1_000)
  }

  @Test func `a token with any letter changed was never one`() {
    let text = Array(token().text)
    for index in text.indices {
      var changed = text
      changed[index] = changed[index] == "a" ? "b" : "a"
      #expect(AccessToken(String(changed)) == nil)
    }
  }

  @Test func `a cut token was never one`() {
    let text = token().text
    for length in 0..<text.count { #expect(AccessToken(String(text.prefix(length))) == nil) }
  }
}

struct AuditChainTests {
  private func casebook(entries: Int) async throws -> Casebook {
    let casebook = try Casebook.empty()
    for number in 0..<entries {
      try await casebook.audit(actor: "local", action: "test", target: "\(number)", result: "200")
    }
    return casebook
  }

  @Test(arguments: [0, 1, 3])
  func `a log as it was written is whole`(entries: Int) async throws {
    let finding = try await casebook(entries: entries).verifyAudit()
    #expect(finding == AuditFinding(sound: entries, problem: nil))
  }

  @Test func `a name may be given again once its token is revoked`() async throws {
    let casebook = try Casebook.empty()
    let make = {
      try await casebook.createToken(
        named: "ci",
        scopes: [.read],
        expiresAt: nil,
        actor: "user:mia"
      )
    }
    _ = try await make()
    await #expect(throws: StoreError.tokenExists(name: "ci")) { try await make() }
    _ = try await casebook.revokeToken(named: "ci", actor: "user:mia")
    _ = try await make()
    #expect(try await casebook.store.tokens().count == 2)
  }
}

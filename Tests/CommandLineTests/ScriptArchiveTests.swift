import Testing

struct ScriptArchiveTests {
  @Test func `an archive is written back as it was read`() throws {
    let text = """
      # what it shows
      -- file a.txt --
      one
      -- run --
      leakbook top a.txt
      -- stderr --
      leakbook: no
      -- exit 65 --

      """
    #expect(try ScriptArchive(text).text == text)
  }

  @Test func `a stretch of a line may be left open`() {
    #expect(OutputPattern("a [..] c\n").matches("a b b c\n"))
    #expect(!OutputPattern("a [..] c\n").matches("a b d\n"))
  }

  @Test func `lines may be left open`() {
    #expect(OutputPattern("a\n...\nd\n").matches("a\nb\nc\nd\n"))
    #expect(OutputPattern("a\n...\n").matches("a\n"))
    #expect(!OutputPattern("a\n...\nd\n").matches("a\nb\n"))
  }
}

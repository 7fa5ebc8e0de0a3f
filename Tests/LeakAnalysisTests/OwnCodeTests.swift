import GoFormats
import Testing

@testable import LeakAnalysis

struct OwnCodeTests {
  @Test(arguments: [
    ("/home/us/shop/main.go", "/home/us/shop/"),
    ("/home/us/shop/cmd/server/main.go", "/home/us/shop/"),
    ("/go/src/github.com/us/shop/main.go", "/go/src/github.com/us/shop/"),
    ("/go/src/github.com/us/shop/cmd/server/main.go", "/go/src/github.com/us/shop/"),
    ("github.com/us/shop/cmd/server/main.go", "github.com/us/shop/"),
    ("shop/main.go", "shop/"),
    ("/cmd/server/main.go", "/"),
  ])
  func `the program lies around its main package`(file: String, root: String) {
    // A command at the root of the file system has no folder above that a split would name.
    #expect(OwnCode.root(ofMain: file) == root)
  }

  @Test func `a main file without a folder tells nothing`() {
    #expect(OwnCode.root(ofMain: "main.go") == nil)
  }

  @Test func `modules in the cache are libraries`() {
    let code = code(main: "/home/us/shop/main.go")
    #expect(
      code.origin(
        of: Frame(
          function: "github.com/them/lib.Do",
          file: "/root/go/pkg/mod/github.com/them/lib@v1.2.3/do.go"
        )
      ) == .library
    )
  }

  @Test func `the program's own packages lie beside main`() {
    let code = code(main: "/home/us/shop/main.go")
    #expect(
      code.isOwn(Frame(function: "github.com/us/shop/cart.Add", file: "/home/us/shop/cart/cart.go"))
    )
  }

  @Test func `a path trimmed build has its own module without a version`() {
    let code = code(main: "github.com/us/shop/cmd/server/main.go")
    #expect(
      code.isOwn(
        Frame(function: "github.com/us/shop/cart.Add", file: "github.com/us/shop/cart/cart.go")
      )
    )
  }

  @Test func `a path trimmed build has libraries with their version`() {
    let code = code(main: "github.com/us/shop/main.go")
    #expect(
      code.origin(
        of: Frame(function: "github.com/them/lib.Do", file: "github.com/them/lib@v1.2.3/do.go")
      )
        == .library
    )
  }

  @Test func `in a GOPATH build another repository is a library`() {
    let code = code(main: "/go/src/github.com/us/shop/main.go")
    #expect(
      code.origin(
        of: Frame(function: "github.com/them/lib.Do", file: "/go/src/github.com/them/lib/do.go")
      )
        == .library
    )
  }

  @Test func `a dot that the symbol escapes is a dot in the path`() {
    let code = code(main: "/go/src/github.com/us/shop/main.go")
    let frame = Frame(
      function: "gopkg.in/yaml%2ev3.Unmarshal",
      file: "/go/src/gopkg.in/yaml.v3/yaml.go"
    )
    #expect(code.origin(of: frame) == .library)
  }

  @Test func `in a GOPATH build the same repository is the program's`() {
    let code = code(main: "/go/src/github.com/us/shop/cmd/server/main.go")
    #expect(
      code.isOwn(
        Frame(
          function: "github.com/us/shop/cart.Add",
          file: "/go/src/github.com/us/shop/cart/a.go"
        )
      )
    )
  }

  @Test func `packages beside the command are the program's`() {
    let code = code(main: "/home/us/shop/cmd/server/main.go")
    #expect(
      code.isOwn(
        Frame(function: "github.com/us/shop/cart.Add", file: "/home/us/shop/internal/cart.go")
      )
    )
  }

  @Test(arguments: ["", "shop/cart/cart.go", "/home/us/shop/cart/cart.go"])
  func `a module without a dot in its name is the program's`(file: String) {
    let code = code(main: "/home/us/shop/main.go")
    #expect(code.isOwn(Frame(function: "shop/cart.Add", file: file)))
  }

  @Test func `without a main package only signs of a library make one`() {
    let code = OwnCode()
    #expect(
      code.isOwn(Frame(function: "github.com/us/shop/cart.Add", file: "/build/cart/cart.go"))
    )
  }

  @Test func `without a main package a GOPATH layout alone makes no library`() {
    let frame = Frame(
      function: "github.com/us/shop/cart.Add",
      file: "/go/src/github.com/us/shop/cart/cart.go"
    )
    #expect(OwnCode().isOwn(frame))
  }

  @Test func `the main package is learned from a dump`() {
    let capture = Capture.dump([("running", ["main.run"])])
    #expect(OwnCode([capture]).isOwn(Frame(function: "main.run", file: "/srv/app/main.go")))
  }

  /// What is learned from a profile in which `main.main` lies in a file.
  private func code(main file: String) -> OwnCode {
    OwnCode([
      .goroutineProfile([([Frame(function: "main.main", file: file)], 1)])
    ])
  }
}

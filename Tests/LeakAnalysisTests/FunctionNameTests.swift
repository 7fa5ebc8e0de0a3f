import LeakAnalysis
import Testing

struct FunctionNameTests {
  @Test(arguments: [
    ("main.main", "main"),
    ("net/http.(*conn).serve", "net/http"),
    ("github.com/us/shop/cart.(*Cart).Add", "github.com/us/shop/cart"),
    ("gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml"),
    ("shop/internal/cart.New", "shop/internal/cart"),
    ("main.Map[go.shape.int].Get", "main"),
    ("main.Map[github.com/us/shop/cart.Item].Get", "main"),
    ("github.com/us/shop.Set[github.com/them/lib.Key].Has", "github.com/us/shop"),
    ("runtime.gopark", "runtime"),
    ("nothing", "nothing"),
    ("", ""),
  ])
  func `the package path ends at the first dot after the last slash`(name: String, path: String) {
    #expect(FunctionName(name).packagePath == path)
  }

  @Test(arguments: [
    ("main.run", "main.run"),
    ("main.run.func1", "main.run"),
    ("main.run.func1.2", "main.run"),
    ("main.run.func1.2.3", "main.run"),
    ("main.run.gowrap1", "main.run"),
    ("main.(*Hub).Publish.func12", "main.(*Hub).Publish"),
    ("m.Map[go.shape.int].Get", "m.Map.Get"),
    ("m.Map[go.shape.[]uint8].Get.func1", "m.Map.Get"),
    ("main.function", "main.function"),
    ("main.func", "main.func"),
    ("main.gowrapper", "main.gowrapper"),
    ("main.v2", "main.v2"),
  ])
  func `a normalized name has no closure numbers and no type arguments`(
    name: String,
    normalized: String
  ) {
    #expect(FunctionName(name).normalized == normalized)
  }

  @Test(arguments: [
    ("runtime.gopark", FunctionName.Origin.runtime),
    ("runtime/debug.SetGCPercent", .runtime),
    ("internal/runtime/syscall.Syscall6", .runtime),
    ("runtime/pprof.WriteHeapProfile", .standardLibrary),
    ("net/http.(*conn).serve", .standardLibrary),
    ("internal/poll.(*FD).Read", .standardLibrary),
    ("vendor/golang.org/x/net/idna.ToASCII", .standardLibrary),
    ("main.run", .own),
    ("main._Cfunc_malloc", .library),
    ("github.com/them/lib.Do", .library),
    ("shop/cart.Add", .own),
  ])
  func `without a file the import path tells whose code it is`(
    name: String,
    origin: FunctionName.Origin
  ) {
    #expect(FunctionName(name).origin(file: "") == origin)
  }

  @Test(arguments: [
    "/root/go/pkg/mod/github.com/them/lib@v1.2.3/do.go", "github.com/them/lib@v1.2.3/do.go",
    "/src/shop/vendor/github.com/them/lib/do.go",
  ])
  func `a file of the module cache or below vendor is a library's`(file: String) {
    #expect(FunctionName("github.com/them/lib.Do").origin(file: file) == .library)
  }

  @Test func `a file that lies elsewhere is the program's`() {
    #expect(FunctionName("github.com/us/shop.Do").origin(file: "/src/shop/do.go") == .own)
  }
}

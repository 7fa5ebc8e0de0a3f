import LeakModel
import Testing

@testable import GoFormats

/// Of many containers' numbers those of one are read, and the others are named.
struct SeriesOwnerTests {
  private static func capture(_ text: String) throws -> (SnapshotSeries, remarks: [String]) {
    let captures = try Capture.read(Array(text: text), source: "x")
    let capture = try #require(captures.first)
    guard case .snapshots(let series) = capture.content else { return (SnapshotSeries(), []) }
    return (series, capture.remarks)
  }

  private static let sidecarFirst = """
    # TYPE container_memory_usage_bytes gauge
    container_memory_usage_bytes{container="istio-proxy",namespace="shop",pod="cart-1"} 6.0e+07
    container_memory_usage_bytes{container="cart",namespace="shop",pod="cart-1"} 5.3e+08
    # TYPE container_spec_memory_limit_bytes gauge
    container_spec_memory_limit_bytes{container="istio-proxy",namespace="shop",pod="cart-1"} 1.073741824e+09
    container_spec_memory_limit_bytes{container="cart",namespace="shop",pod="cart-1"} 5.36870912e+08

    """

  @Test func `of two containers that nearest to its limit is read`() throws {
    let (series, remarks) = try Self.capture(Self.sidecarFirst)
    #expect(series.last(.cgroupUsage) == 5.3e8)
    #expect(series.last(.cgroupLimit) == 536_870_912)
    #expect(
      remarks == [
        "prometheus, line 2: read shop/cart-1/cart, left out shop/cart-1/istio-proxy"
      ]
    )
  }

  @Test func `a node and a pod as a whole are no container`() throws {
    let text = """
      container_memory_usage_bytes{container="",id="/",namespace="",pod=""} 6.1e+10
      container_memory_usage_bytes{container="",id="/kubepods/x",namespace="shop",pod="cart-1"} 5.2e+08
      container_memory_usage_bytes{container="POD",id="/kubepods/x/p",namespace="shop",pod="cart-1"} 1e+06
      container_memory_usage_bytes{container="cart",id="/kubepods/x/y",namespace="shop",pod="cart-1"} 5.1e+08
      container_spec_memory_limit_bytes{container="",id="/",namespace="",pod=""} 0
      container_spec_memory_limit_bytes{container="cart",id="/kubepods/x/y",namespace="shop",pod="cart-1"} 5.36870912e+08

      """
    let (series, remarks) = try Self.capture(text)
    #expect(series.last(.cgroupUsage) == 5.1e8)
    #expect(series.last(.cgroupLimit) == 536_870_912)
    #expect(remarks.isEmpty)
  }

  @Test func `a pod as a whole is read where no container is told`() throws {
    let text =
      "container_memory_usage_bytes{container=\"\",id=\"/kubepods/x\",pod=\"cart-1\"} 5.2e+08\n"
    #expect(try Self.capture(text).0.last(.cgroupUsage) == 5.2e8)
  }

  @Test func `a process is known by Go's numbers, and its container's belong to it`() throws {
    let text = """
      container_memory_usage_bytes{container="db",id="/a",pod="db-0"} 5e+08
      container_spec_memory_limit_bytes{container="db",id="/a",pod="db-0"} 5e+08
      container_memory_usage_bytes{container="cart",id="/b",instance="node:10250",pod="cart-1"} 1e+08
      go_goroutines{container="cart",instance="10.0.0.7:8080",pod="cart-1"} 8

      """
    let (series, _) = try Self.capture(text)
    #expect(series.last(.numGoroutine) == 8)
    #expect(series.last(.cgroupUsage) == 1e8)
  }

  @Test func `numbers without labels go with the only container`() throws {
    let text = """
      go_goroutines 8
      container_memory_usage_bytes{container="cart",pod="cart-1"} 1e+08

      """
    let (series, remarks) = try Self.capture(text)
    #expect(series.last(.numGoroutine) == 8)
    #expect(series.last(.cgroupUsage) == 1e8)
    #expect(remarks.isEmpty)
  }

  @Test func `of equal ones the first is read`() throws {
    let text = """
      go_goroutines{instance="10.0.0.7:8080",job="cart"} 8
      go_goroutines{instance="10.0.0.8:8080",job="cart"} 9
      go_goroutines{instance="10.0.0.9:8080",job="cart"} 10
      go_memstats_heap_inuse_bytes{instance="10.0.0.8:8080",job="cart"} 7e+06

      """
    let (series, remarks) = try Self.capture(text)
    #expect(series.last(.numGoroutine) == 8)
    #expect(series.last(.heapInuse) == nil)
    #expect(
      remarks == ["prometheus, line 2: read 10.0.0.7:8080, left out 10.0.0.8:8080, 10.0.0.9:8080"]
    )
  }

  @Test func `a range query of two containers is read for the one nearest to its limit`() throws {
    let text = """
      {"status":"success","data":{"resultType":"matrix","result":[
      {"metric":{"__name__":"container_memory_usage_bytes","container":"istio-proxy","pod":"cart-1"},"values":[[1767775080,"60000000"]]},
      {"metric":{"__name__":"container_memory_usage_bytes","container":"cart","pod":"cart-1"},"values":[[1767775080,"500000000"],[1767775095,"530000000"]]},
      {"metric":{"__name__":"container_spec_memory_limit_bytes","container":"istio-proxy","pod":"cart-1"},"values":[[1767775095,"1073741824"]]},
      {"metric":{"__name__":"container_spec_memory_limit_bytes","container":"cart","pod":"cart-1"},"values":[[1767775095,"536870912"]]}]}}
      """
    let (series, remarks) = try Self.capture(text)
    #expect(series.samples(of: .cgroupUsage).map(\.value) == [5e8, 5.3e8])
    #expect(series.last(.cgroupLimit) == 536_870_912)
    #expect(
      remarks.map { $0.hasSuffix(": read cart-1/cart, left out cart-1/istio-proxy") } == [true]
    )
  }

  @Test func `a label's value may hold quotes and commas`() throws {
    let text = """
      go_goroutines{job="a\\",pod=\\"x",pod="cart-1"} 8
      go_memstats_sys_bytes{pod="cart-1"} 9

      """
    #expect(try Self.capture(text).0.last(.sys) == 9)
  }
}

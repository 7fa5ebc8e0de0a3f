package import GoFormats
import LeakModel

/// Where a program allocates: the program's own function nearest to the allocation.
package struct AllocationSite: Sendable {
  /// The function, or the leaf of a library where the stack has none of the program's own.
  package let frame: Frame
  package let isOwn: Bool
  package var bytes: Int64 = 0
  package var objects: Int64 = 0
  /// The bytes by what allocates below the function.
  package var bytesByKind: [AllocationKind: Int64] = [:]
  /// Whether the function was seen to take from a sync.Pool or to give back.
  package var usesPool = false
  /// The bytes allocated inside a request handler.
  package var handlerBytes: Int64 = 0

  /// What allocates most there.
  package var kind: AllocationKind {
    bytesByKind.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .other
  }

  /// Mean object size in bytes; the typical size there where the count of objects fell.
  func meanSize(typical: Int64) -> Double {
    objects > 0 ? Double(bytes) / Double(objects) : Double(typical)
  }
}

/// One column of a heap profile, added up by site.
package struct AllocationSites: Sendable {
  /// The sites by the function's normalised name.
  package private(set) var sites: [String: AllocationSite] = [:]
  package private(set) var total: Int64 = 0

  init() {}

  /// Takes the rows of a report: each function for itself, as stacks are not shown.
  ///
  /// What a library's function holds goes to the program's own function that may call it: the one
  /// that holds most by its calls, and enough by them.
  init(_ report: ProfileReport, ownCode: OwnCode) {
    let functions = report.rows.map { StackFunction(Frame(function: $0.function), ownCode) }
    let callers = report.rows.indices.filter { row in
      functions[row].traits.contains(.own) && functions[row].name != "main.main"
    }
    .sorted {
      let (one, other) = (report.rows[$0], report.rows[$1])
      return (other.cumulative, one.function) < (one.cumulative, other.function)
    }
    var adder = SiteAdder(functions)
    for (index, row) in report.rows.enumerated() where row.flat > 0 {
      var stack = [StackCall(function: index, line: 0)]
      if !functions[index].traits.contains(.own),
        let caller = callers.first(where: { report.rows[$0].calls >= row.flat })
      {
        stack.append(StackCall(function: caller, line: 0))
      }
      guard let site = StackSite(stack, functions) else { continue }
      adder.add(site, bytes: Int64(clamping: row.flat), objects: 0)
    }
    self = adder.sum
    total = Int64(
      clamping: report.total ?? report.impliedTotal ?? report.rows.reduce(0) { $0 + $1.flat }
    )
  }

  init(_ sites: [String: AllocationSite], total: Int64) {
    (self.sites, self.total) = (sites, total)
  }

  /// What was added since an earlier profile of the same process, site by site.
  package func growth(since earlier: AllocationSites) -> [AllocationSite] {
    sites.map { key, site in
      guard let before = earlier.sites[key] else { return site }
      var grown = site
      grown.bytes &-= before.bytes
      grown.objects &-= before.objects
      grown.handlerBytes &-= before.handlerBytes
      for (kind, bytes) in before.bytesByKind { grown.bytesByKind[kind, default: 0] &-= bytes }
      return grown
    }
    .sorted { ($1.bytes, $0.frame.function) < ($0.bytes, $1.frame.function) }
  }

  /// The sites, the largest first.
  package var ranked: [AllocationSite] {
    sites.values.sorted { ($1.bytes, $0.frame.function) < ($0.bytes, $1.frame.function) }
  }
}

/// Adds up sites; a function's name is looked up once, however many stacks count for it.
struct SiteAdder {
  private let functions: [StackFunction]
  /// By function: the place of its site in `sites`; -1 where it has none yet.
  private var places: [Int32]
  private var placeByName: [String: Int32] = [:]
  private var sites: [AllocationSite] = []
  private var total: Int64 = 0

  init(_ functions: [StackFunction]) {
    self.functions = functions
    places = Array(repeating: -1, count: functions.count)
  }

  mutating func add(_ site: StackSite, bytes: Int64, objects: Int64) {
    let place = place(of: site)
    // Sums wrap as pprof's do: no profile that a program wrote comes near the limit.
    total &+= bytes
    sites[place].bytes &+= bytes
    sites[place].objects &+= objects
    sites[place].bytesByKind[site.kind, default: 0] &+= bytes
    if site.usesPool { sites[place].usesPool = true }
    if site.isHandler { sites[place].handlerBytes &+= bytes }
  }

  /// Functions that differ in closures and type arguments alone are one site.
  private mutating func place(of site: StackSite) -> Int {
    let index = Int(site.function)
    if places[index] >= 0 { return Int(places[index]) }
    let function = functions[index]
    let place = placeByName[function.normalizedName] ?? Int32(sites.count)
    places[index] = place
    placeByName[function.normalizedName] = place
    if place == sites.count {
      let frame = Frame(function: function.name, file: function.file, line: Int(site.line))
      sites.append(AllocationSite(frame: frame, isOwn: site.isOwn))
    }
    return Int(place)
  }

  var sum: AllocationSites {
    AllocationSites(placeByName.mapValues { sites[Int($0)] }, total: total)
  }
}

extension ProfileReport.Row {
  /// What the functions that it calls hold.
  fileprivate var calls: Double { cumulative - flat }
}

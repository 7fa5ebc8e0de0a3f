import GoFormats

/// A heap profile's stacks, each with the site it counts for.
struct HeapStacks: Sendable {
  private let profile: Profile
  private let functions: [StackFunction]
  /// By stack; nil where it does not count.
  private let sites: [StackSite?]

  init(_ profile: Profile, _ ownCode: OwnCode, without accountedFor: OwnFunctions?) {
    self.profile = profile
    let functions =
      zip(profile.functionNames, profile.functionFiles).map { name, file in
        StackFunction(Frame(function: name, file: file), ownCode, accountedFor: accountedFor)
      } + [StackFunction(Frame(function: "?"), ownCode)]
    self.functions = functions
    var calls: [StackCall] = []
    sites = (0..<profile.stackCount).map { stack in
      Self.read(stack, of: profile, into: &calls)
      guard let site = StackSite(calls, functions) else { return nil }
      return accountedFor == nil || site.isOwn ? site : nil
    }
  }

  /// The calls of a stack, leaf first, inlined calls included; the function after the profile's
  /// last, `?`, where symbols are missing.
  private static func read(_ stack: Int, of profile: Profile, into calls: inout [StackCall]) {
    calls.removeAll(keepingCapacity: true)
    for location in profile.locations(ofStack: stack) {
      let lines = profile.lines(ofLocation: Int(location))
      if lines.isEmpty { calls.append(StackCall(function: profile.functionCount, line: 0)) }
      for line in lines {
        calls.append(
          StackCall(
            function: Int(profile.lineFunctions[line]),
            line: Int(profile.lineNumbers[line])
          )
        )
      }
    }
  }

  /// Adds up a column by site; empty without the column.
  func sites(_ column: HeapView.Column) -> AllocationSites {
    var adder = SiteAdder(functions)
    eachSample(column) { _, site, amount in
      adder.add(site, bytes: amount.bytes, objects: amount.objects)
    }
    return adder.sum
  }

  /// What a site has at each of its places.
  func places(of site: AllocationSite, _ column: HeapView.Column) -> AllocationPlaces {
    let name = FunctionName(site.frame.function).normalized
    let isSite = functions.map { $0.normalizedName == name }
    var places = AllocationPlaces()
    var calls: [StackCall] = []
    eachSample(column) { stack, site, amount in
      guard isSite[Int(site.function)] else { return }
      Self.read(stack, of: profile, into: &calls)
      places.add(amount, at: place(of: site, calls))
    }
    return places
  }

  private func place(of site: StackSite, _ calls: [StackCall]) -> AllocationPlace {
    let below = calls[..<Int(site.depth)].filter {
      !functions[$0.function].traits.contains(.runtime)
    }
    return AllocationPlace(
      path: (below + [calls[Int(site.depth)]]).map {
        .init(function: functions[$0.function].normalizedName, number: $0.line)
      }
    )
  }

  /// Goes through the samples that count and have bytes in a column.
  private func eachSample(
    _ column: HeapView.Column,
    _ body: (_ stack: Int, StackSite, AllocationAmount) -> Void
  ) {
    guard let space = profile.column(column.rawValue + "_space") else { return }
    let objects = profile.column(column.rawValue + "_objects")
    for sample in 0..<profile.sampleCount {
      let stack = Int(profile.sampleStacks[sample])
      let bytes = profile.value(ofSample: sample, inColumn: space)
      guard bytes != 0, let site = sites[stack] else { continue }
      let count = objects.map { profile.value(ofSample: sample, inColumn: $0) } ?? 0
      body(stack, site, AllocationAmount(bytes: bytes, objects: count))
    }
  }
}

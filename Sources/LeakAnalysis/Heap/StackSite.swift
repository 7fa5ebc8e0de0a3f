/// The site that a stack counts for, and what the stack tells of its allocations.
struct StackSite: Sendable {
  /// The index of the site's function.
  let function: Int32
  /// The line in it.
  let line: Int32
  /// How many calls from the leaf on lie below the site.
  let depth: Int32
  let isOwn: Bool
  let kind: AllocationKind
  /// Whether a method of `sync.Pool` is below the site.
  let usesPool: Bool
  /// Whether it is inside of a request's handler.
  let isHandler: Bool

  /// Finds the program's own function nearest to the allocation on a stack, leaf first; nil for the
  /// profiler's own memory, for what is accounted for, and without calls.
  init?(_ stack: [StackCall], _ functions: [StackFunction]) {
    func has(_ call: StackCall, _ trait: StackFunction.Traits) -> Bool {
      functions[call.function].traits.contains(trait)
    }
    let left: StackFunction.Traits = [.profiler, .accountedFor]
    guard stack.allSatisfy({ functions[$0.function].traits.isDisjoint(with: left) }) else {
      return nil
    }
    // What a pool's New makes is for the one who takes it, not for New.
    let start = stack.firstIndex { has($0, .takesFromPool) } ?? 0
    let own = stack[start...].firstIndex { has($0, .own) }
    // Without an own frame: the deepest call that is not the runtime's, so that one library is one site.
    let index = own ?? stack.firstIndex { !has($0, .runtime) } ?? 0
    guard index < stack.count else { return nil }
    function = Int32(stack[index].function)
    line = Int32(stack[index].line)
    depth = Int32(index)
    isOwn = own != nil
    let below = stack[..<index].lazy.filter { !has($0, .runtime) }
    kind =
      own == nil
      ? AllocationKind(signsBelow: stack.lazy.map { functions[$0.function].signs })
      : AllocationKind(signsBelow: below.map { functions[$0.function].signs })
    usesPool = below.contains { has($0, .pools) }
    isHandler = stack.contains { has($0, .handler) }
  }
}

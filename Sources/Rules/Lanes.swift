import Dispatch
import Glibc
import Synchronization

/// Work that is done on several cores at once and comes back in order.
enum Lanes {
  /// How many cores there are.
  static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Does pieces of work, each on the first lane that is free.
  ///
  /// - Parameters:
  ///   - count: How many pieces there are.
  ///   - lanes: How many are done at once.
  ///   - makeLane: Makes what the pieces of one lane share, which no other lane sees.
  ///   - body: Does a piece.
  /// - Returns: What came of each piece, in the order of the pieces, and the lanes.
  static func map<Lane, Result>(
    _ count: Int, lanes: Int, _ makeLane: () -> Lane, _ body: (Lane, Int) -> Result
  ) -> (results: [Result], lanes: [Lane]) {
    let made = (0..<max(1, min(lanes, count))).map { _ in makeLane() }
    guard made.count > 1 else { return ((0..<count).map { body(made[0], $0) }, made) }
    // A lane is used by one iteration alone, and each place is written by the one that does its piece.
    nonisolated(unsafe) let lanes = made
    nonisolated(unsafe) let body = body
    let results = UnsafeMutableBufferPointer<Result?>.allocate(capacity: count)
    results.initialize(repeating: nil)
    defer {
      results.deinitialize()
      results.deallocate()
    }
    nonisolated(unsafe) let places = results
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: lanes.count) { lane in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        places[piece] = body(lanes[lane], piece)
      }
    }
    return (results.compactMap(\.self), made)
  }
}

import Diagnostics
import Glibc
import SourceText

/// Finds keys that an object has twice, in the arena that a parser fills.
struct DuplicateKeys {
  private let source: UnsafeBufferPointer<UInt8>
  /// Objects with more keys than this are hashed; pairs of a few are compared faster.
  private static let hashedCount = 16

  init(in source: UnsafeBufferPointer<UInt8>) {
    self.source = source
  }

  /// Calls `body` with the index of each key that the object at `index` had before, and the index
  /// of the first one.
  func find(in builder: TreeBuilder, at index: Int, body: (Int, Int) -> Void) {
    let object = builder.nodes[index]
    guard object.low > 1 else { return }
    if object.low > Self.hashedCount {
      findByHash(in: builder, at: index, body: body)
      return
    }
    var key = index + 1
    while key < Int(object.end) {
      var earlier = index + 1
      while earlier < key {
        if areSame(earlier, key, builder) {
          body(key, earlier)
          break
        }
        earlier = Int(builder.nodes[earlier + 1].end)
      }
      key = Int(builder.nodes[key + 1].end)
    }
  }

  private func findByHash(in builder: TreeBuilder, at index: Int, body: (Int, Int) -> Void) {
    var byHash: [Int: [Int]] = [:]
    var key = index + 1
    while key < Int(builder.nodes[index].end) {
      var hasher = Hasher()
      withText(of: key, builder) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      let hash = hasher.finalize()
      if let earlier = byHash[hash, default: []].first(where: { areSame($0, key, builder) }) {
        body(key, earlier)
      } else {
        byHash[hash, default: []].append(key)
      }
      key = Int(builder.nodes[key + 1].end)
    }
  }

  private func areSame(_ left: Int, _ right: Int, _ builder: TreeBuilder) -> Bool {
    let (one, other) = (builder.nodes[left], builder.nodes[right])
    guard one.high - one.low == other.high - other.low else { return false }
    return withText(of: left, builder) { text in
      withText(of: right, builder) { otherText in
        guard let base = text.baseAddress, let otherBase = otherText.baseAddress else {
          return true
        }
        return memcmp(base, otherBase, text.count) == 0
      }
    }
  }

  private func withText<R>(
    of index: Int, _ builder: TreeBuilder, _ body: (UnsafeBufferPointer<UInt8>) -> R
  ) -> R {
    let node = builder.nodes[index]
    let range = Int(node.low)..<Int(node.high)
    guard node.isDecoded else { return body(UnsafeBufferPointer(rebasing: source[range])) }
    return builder.values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}

extension Report {
  /// Notes a key that its object had before.
  mutating func duplicateKey(
    _ code: Diagnostic.Code, _ key: RawNode, _ earlier: RawNode, in file: SourceFile
  ) {
    let range = SourceRange(file.path, Int(key.start)..<Int(key.stop))
    error(
      code, "the key '\(file.text(of: range.offsets))' stands twice in this mapping", at: range,
      related: [
        .init(
          "first here", at: SourceRange(file.path, Int(earlier.start)..<Int(earlier.stop)))
      ],
      help: "Remove one of the two")
  }
}

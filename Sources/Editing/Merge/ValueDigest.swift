import Syntax

/// What a value says, in 128 bits: the same for mappings whatever the order of their keys, and for
/// texts however they are quoted or wrapped.
struct ValueDigest: Hashable {
  private let high: UInt64
  private let low: UInt64

  private init(_ feed: (inout Hasher) -> Void) {
    func half(_ salt: UInt8) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(salt)
      feed(&hasher)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    (high, low) = (half(1), half(2))
  }

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The digest of a text that stands for itself.
  init(text: String) {
    self.init { $0.combine(text) }
  }

  /// The digest of a list.
  init(list: [ValueDigest]) {
    self.init { hasher in
      hasher.combine(UInt8(20))
      hasher.combine(list)
    }
  }

  /// The digest of a mapping.
  init(mapping: [(key: String, value: ValueDigest)]) {
    var (high, low) = (UInt64(mapping.count), UInt64(21))
    for member in mapping {
      let digest = ValueDigest { hasher in
        hasher.combine(member.key)
        hasher.combine(member.value)
      }
      high &+= digest.high
      low &+= digest.low
    }
    self.init(high: high, low: low)
  }

  /// Returns the digest of every node of a tree, by its index.
  ///
  /// - Complexity: O(*nodes* + *bytes*), without recursion.
  static func all(of tree: SyntaxTree) -> [ValueDigest] {
    var digests = [ValueDigest](repeating: ValueDigest(high: 0, low: 0), count: tree.nodes.count)
    // What a container holds comes behind it.
    for index in tree.nodes.indices.reversed() {
      let node = Node(tree: tree, index: index)
      switch node.kind {
      case .array: digests[index] = ValueDigest(list: node.elements.map { digests[$0.index] })
      case .object:
        digests[index] = ValueDigest(
          mapping: node.members.map { ($0.key.text ?? "", digests[$0.value.index]) })
      case .null, .true, .false, .number, .string:
        digests[index] = ValueDigest { hasher in
          hasher.combine(node.kind.rawValue)
          hasher.combine(node.text)
        }
      }
    }
    return digests
  }
}

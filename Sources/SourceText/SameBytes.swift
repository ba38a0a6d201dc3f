import Glibc

extension String {
  /// Whether two texts have the same bytes; `==` takes what Unicode holds equal to be the same.
  ///
  /// Comparing their views byte by byte takes ten times as long.
  package func hasSameBytes(as other: String) -> Bool {
    let found = utf8.withContiguousStorageIfAvailable { one in
      other.utf8.withContiguousStorageIfAvailable { two in
        guard one.count == two.count else { return false }
        guard let start = one.baseAddress, let otherStart = two.baseAddress else { return true }
        return memcmp(start, otherStart, one.count) == 0
      }
    }
    return (found ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}

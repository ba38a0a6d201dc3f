extension Register {
  /// Returns records in the order that the catalogue asks for; equals keep the order of files.
  package func ordered(_ records: [Record]) -> [Record] {
    ordered(records, by: order)
  }

  /// Returns records in the order of the given keys; equals keep their order.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - order: The keys, the first one first.
  ///   - text: Returns the text of a property of a record.
  /// - Returns: The records in order.
  package func ordered(
    _ records: [Record], by order: [OrderKey],
    text: (Record, String) -> String? = { $0.text(of: $1) }
  ) -> [Record] {
    guard !order.isEmpty else { return records }
    let keyed = records.enumerated().map { position, record in
      (position, order.map { text(record, $0.property).map(NaturalKey.init) }, record)
    }
    return keyed.sorted { left, right in
      for (index, key) in order.enumerated() where left.1[index] != right.1[index] {
        // A record without the property comes last, whichever the direction.
        guard let one = left.1[index] else { return false }
        guard let other = right.1[index] else { return true }
        return key.isDescending ? other < one : one < other
      }
      return left.0 < right.0
    }.map(\.2)
  }
}

/// A text that is compared as a person would: numbers inside it by value, so that 5.9 is before
/// 5.10 and `TABASC9/01` before `TABASC15/05`.
package struct NaturalKey: Hashable, Comparable, Sendable {
  /// Bytes whose order is that of the texts.
  ///
  /// A number is 0, the count of its digits in four bytes, and its
  /// digits without leading zeros; a NUL of the text is followed by 255, with which no count begins.
  private let bytes: [UInt8]

  package init(_ text: String) {
    let text = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + 12)
    var position = 0
    while position < text.count {
      guard isDigit(text[position]) else {
        bytes.append(text[position])
        if text[position] == 0 { bytes.append(255) }
        position += 1
        continue
      }
      let end = text[position...].firstIndex { !isDigit($0) } ?? text.count
      let start = text[position..<end].firstIndex { $0 != UInt8(ascii: "0") } ?? end - 1
      bytes.append(0)
      let count = UInt32(clamping: end - start) & 0x7FFF_FFFF
      withUnsafeBytes(of: count.bigEndian) { unsafe bytes.append(contentsOf: $0) }
      bytes += text[start..<end]
      position = end
    }
    self.bytes = bytes
  }

  package static func < (left: NaturalKey, right: NaturalKey) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

private func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

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
  private enum Part: Hashable, Sendable {
    case number(Substring)
    case text(Substring)
  }

  private let parts: [Part]

  package init(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let first = rest.first {
      let isNumber = ("0"..."9").contains(first)
      let stretch = rest.prefix { ("0"..."9").contains($0) == isNumber }
      if isNumber {
        let digits = stretch.drop { $0 == "0" }
        parts.append(.number(digits.isEmpty ? "0" : digits))
      } else {
        parts.append(.text(stretch))
      }
      rest = rest[stretch.endIndex...]
    }
    self.parts = parts
  }

  package static func < (left: NaturalKey, right: NaturalKey) -> Bool {
    for (one, other) in zip(left.parts, right.parts) where one != other {
      switch (one, other) {
      case (.number(let digits), .number(let otherDigits)):
        if digits.count != otherDigits.count { return digits.count < otherDigits.count }
        return digits < otherDigits
      case (.number, .text): return true
      case (.text, .number): return false
      case (.text(let text), .text(let otherText)):
        return text.utf8.lexicographicallyPrecedes(otherText.utf8)
      }
    }
    return left.parts.count < right.parts.count
  }
}

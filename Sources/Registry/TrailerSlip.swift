import Diagnostics

/// A line of a message that was meant as a trailer, and counts as text.
package struct TrailerSlip: Hashable, Sendable {
  /// Why it does not count.
  package enum Kind: Hashable, Sendable {
    /// Its key is no trailer of the catalogue.
    case key
    /// There is no colon after its key.
    case colon
    /// Git reads trailers in the last paragraph alone, and it stands elsewhere.
    case place
  }

  package let kind: Kind
  /// The line as it was written.
  package let line: String
  /// The trailer that was meant.
  package let demand: TrailerDemand
  package let value: String
  /// Whether it is the first line of the message, which is a title too.
  package let isTitle: Bool
  /// Whether the key is so near that no value is needed to see what was meant.
  package let isPlain: Bool

  /// Says why it does not count and what to write.
  ///
  /// - Parameter value: The value in its form.
  /// - Returns: A sentence without a full stop.
  package func words(for value: String) -> String {
    let right = "'\(demand.key): \(value)'"
    return switch kind {
    case .key:
      "the line '\(line)' counts as text, since its key is no trailer of the catalogue: write \(right)"
    case .colon: "the line '\(line)' counts as text, since it has no colon: write \(right)"
    case .place:
      "the line '\(line)' counts as text, since Git reads trailers in the last paragraph alone: "
        + "write \(right) and all other trailers as the last lines, with no empty line between them "
        + "(git commit --trailer \(right) does so)"
    }
  }
}

extension Catalogue {
  /// Returns the lines of a message that look like trailers of the catalogue and do not count, the first of very many.
  ///
  /// What is indented or quoted is the word of others.
  ///
  /// - Parameters:
  ///   - message: The message without comments.
  ///   - isCounted: Whether Git reads a trailer of a key and a value.
  /// - Returns: The lines, in order.
  package func trailerSlips(
    in message: String, isCounted: (_ key: String, _ value: String) -> Bool
  ) -> [TrailerSlip] {
    let demands = trailers + [modificationTrailer].compactMap(\.self)
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let title = lines.firstIndex { !$0.allSatisfy(\.isWhitespace) }
    let slips = lines.indices.compactMap { position -> TrailerSlip? in
      let line = lines[position]
      guard let first = line.first, first.isLetter, line.utf8.count <= 200 else { return nil }
      let key = line.prefix { $0.isLetter || $0 == "-" || $0 == "_" }
      let rest = line.dropFirst(key.count).drop { $0 == " " || $0 == "\t" }
      let hasColon = rest.first == ":"
      let value = String(
        rest.drop { !$0.isLetter && !$0.isNumber }.reversed().drop(while: \.isWhitespace).reversed()
      )
      guard key.count < line.count, !value.isEmpty,
        let meant = demands.first(where: { $0.key.lowercased() == key.lowercased() })
          ?? nearest(to: String(key), among: demands.map(\.key))
          .flatMap({ near in demands.first { $0.key == near } })
      else { return nil }
      let isSame = meant.key.lowercased() == key.lowercased()
      if isCounted(meant.key, value) { return nil }
      // Without a colon a sentence may begin with the word.
      if !hasColon, !value.split(separator: " ").allSatisfy({ $0.contains(where: \.isNumber) }) {
        return nil
      }
      return TrailerSlip(
        kind: !hasColon ? .colon : isSame ? .place : .key, line: String(line), demand: meant,
        value: value, isTitle: position == title,
        isPlain: hasColon && key.first?.lowercased() == meant.key.first?.lowercased())
    }
    return Array(slips.prefix(10))
  }
}

import Diagnostics

/// What the value of a trailer names: a record by its id, or, where the example has a slash, a part of it by the id, a
/// slash and a number.
package struct TrailerValue {
  private let demand: TrailerDemand
  private let ids: Set<String>

  /// - Parameters:
  ///   - demand: The trailer, with an example of its form.
  ///   - ids: The ids of the records that it may name.
  package init(_ demand: TrailerDemand, ids: Set<String>) {
    self.demand = demand
    self.ids = ids
  }

  /// Returns what is wrong with a value, as an end of a sentence that begins with it; `nil` where it names a
  /// record.
  package func fault(of value: String) -> String? {
    if isRight(value) { return nil }
    var meant: [String] = []
    for word in value.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
      let bare = String(word.trimmingSigns)
      guard let right = isRight(bare) ? bare : filled(bare), !meant.contains(right) else {
        continue
      }
      meant.append(right)
    }
    switch meant.count {
    case 0:
      let near = nearest(to: value, among: ids.sorted())
      return
        "names nothing in \(demand.targets.map { "'\($0)'" }.joined(separator: " or ")) as it will be committed"
        + (near.map { "; did you mean '\($0)'?" } ?? "")
    case 1: return "has not the form of '\(demand.example)': write '\(demand.key): \(meant[0])'"
    default:
      let lines = meant.map { "'\(demand.key): \($0)'" }.joined(separator: " and ")
      return "names several: write a line for each, \(lines)"
    }
  }

  private func isRight(_ value: String) -> Bool {
    if ids.contains(value) { return true }
    let (stem, part) = Self.split(value)
    guard demand.example.contains("/") || !demand.example.contains("#"), let part,
      ids.contains(stem)
    else { return false }
    guard let model = Self.split(demand.example).part, model.allSatisfy(\.isASCIIDigit) else {
      return !part.isEmpty
    }
    // A letter tells parts of a resolution apart.
    let digits = part.prefix(while: \.isASCIIDigit)
    return digits.count >= model.count
      && part.dropFirst(digits.count).allSatisfy { $0.isASCII && $0.isLetter }
  }

  /// Returns a value with the zeros that its number lacks; `nil` where it is still none.
  private func filled(_ value: String) -> String? {
    let (stem, part) = Self.split(value)
    if let part, demand.example.contains("#"), !demand.example.contains("/") {
      // An item of an agenda is no action: SECP39/04 was meant as SECP39#4.
      let item = stem + "#" + part.drop { $0 == "0" }
      return ids.contains(item) ? item : nil
    }
    guard let part, !part.isEmpty, let model = Self.split(demand.example).part else { return nil }
    let zeros = String(repeating: "0", count: max(0, model.count - part.count))
    let filled = stem + "/" + zeros + part
    return isRight(filled) ? filled : nil
  }

  private static func split(_ value: String) -> (stem: String, part: String?) {
    guard let slash = value.lastIndex(of: "/") else { return (value, nil) }
    return (String(value[..<slash]), String(value[value.index(after: slash)...]))
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension Substring {
  /// The text without the signs that people put around an id in a sentence.
  fileprivate var trimmingSigns: Substring {
    var text = self
    func isSign(_ character: Character?) -> Bool {
      character.map { ".,;:()[]{}'\"“”‘’".contains($0) } ?? false
    }
    while isSign(text.first) { text.removeFirst() }
    while isSign(text.last) { text.removeLast() }
    return text
  }
}

extension Catalogue {
  /// Whether messages of commits are judged at all.
  package var judgesMessages: Bool { !trailers.isEmpty || modificationTrailer != nil }

  /// The trailer that names a modification, where it is none of those that the catalogue demands.
  package var modificationTrailer: TrailerDemand? {
    guard let process = modifications,
      !trailers.contains(where: { $0.key.lowercased() == process.trailer.lowercased() })
    else { return nil }
    return TrailerDemand(
      key: process.trailer, registers: [], targets: [process.register], example: "")
  }
}

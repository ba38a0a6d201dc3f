import Diagnostics

/// What the value of a trailer names: a record by its id, or, where the example has a slash, a part of it by the id, a
/// slash and a number.
package struct TrailerValue {
  private let demand: TrailerDemand
  private let ids: Set<String>
  private let stranger: (String) -> String?

  /// - Parameters:
  ///   - demand: The trailer, with an example of its form.
  ///   - ids: The ids of the records that it may name.
  ///   - stranger: Returns what an id is that is of another register, as an end of a sentence; `nil` where it is of none.
  package init(
    _ demand: TrailerDemand, ids: Set<String>,
    stranger: @escaping (String) -> String? = { _ in nil }
  ) {
    self.demand = demand
    self.ids = ids
    self.stranger = stranger
  }

  /// Returns what is wrong with a value, as an end of a sentence that begins with it; `nil` where it names a
  /// record.
  ///
  /// What it says to write has every number of the value and no other.
  package func fault(of value: String) -> String? {
    if isRight(value) { return nil }
    let words = Self.words(of: value)
    if let other = words.lazy.filter({ !isRight($0) }).compactMap(stranger).first { return other }
    let meant = meant(by: value)
    switch meant.count {
    case 0:
      guard !words.contains(where: { isRight($0) || filled($0) != nil }) else {
        return "has not the form of '\(demand.example)': write the id alone, and all else above"
      }
      let near = nearest(to: value, among: ids.sorted())
        .flatMap {
          Self.numbers(in: $0) == Self.numbers(in: value) ? "; did you mean '\($0)'?" : nil
        }
      return
        "names nothing in \(demand.targets.map { "'\($0)'" }.joined(separator: " or ")) as it will be committed"
        + (near ?? items(beside: words.first ?? value).map { "; \($0)" } ?? "")
    case 1: return "has not the form of '\(demand.example)': write '\(demand.key): \(meant[0])'"
    default:
      let lines = meant.map { "'\(demand.key): \($0)'" }.joined(separator: " and ")
      return "names several: write a line for each, \(lines)"
    }
  }

  /// Returns the values in their form that somebody meant who wrote one; none where that is not certain.
  package func meant(by value: String) -> [String] {
    var meant: [String] = []
    for word in Self.words(of: value) {
      guard let right = isRight(word) ? word : filled(word), !meant.contains(right) else {
        continue
      }
      meant.append(right)
    }
    return meant.flatMap(Self.numbers) == Self.numbers(in: value) ? meant : []
  }

  /// Says which items the record has that stands before the sign of a value; `nil` where it has none.
  package func items(beside value: String) -> String? {
    guard let sign = value.firstIndex(where: { $0 == "#" || $0 == "/" }) else { return nil }
    let stem = value[..<sign]
    let numbers = ids.filter { $0.hasPrefix(stem + "#") }.map { $0.dropFirst(stem.count + 1) }
    guard !numbers.isEmpty else { return nil }
    var runs: [(first: Int, last: Int)] = []
    for number in numbers.compactMap({ Int($0) }).sorted() {
      if let last = runs.last, last.last + 1 == number {
        runs[runs.count - 1].last = number
      } else {
        runs.append((number, number))
      }
    }
    let others = numbers.filter { Int($0) == nil }.sorted().map { "#\($0)" }
    let all =
      runs.map { $0.first == $0.last ? "#\($0.first)" : "#\($0.first) to #\($0.last)" } + others
    let last = all.count > 1 ? " and \(all[all.count - 1])" : ""
    return "'\(stem)' has \(all.prefix(max(1, all.count - 1)).joined(separator: ", "))\(last)"
  }

  /// Returns the words of a value, without the signs that people put around an id; a sign that is set off belongs to
  /// the id before it: `SECP39 #24`.
  private static func words(of value: String) -> [String] {
    var plain = ""
    for character in value {
      if character == "#" || character == "/" { while plain.last == " " { plain.removeLast() } }
      if character == " ", plain.last == "#" || plain.last == "/" { continue }
      plain.append(character)
    }
    return plain.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace })
      .map { String($0.trimmingSigns) }
  }

  /// Returns the numbers in a text without the zeros before them.
  private static func numbers(in text: String) -> [Substring] {
    text.split { !$0.isASCIIDigit }.map { digits in
      let bare = digits.drop { $0 == "0" }
      return bare.isEmpty ? "0" : bare
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

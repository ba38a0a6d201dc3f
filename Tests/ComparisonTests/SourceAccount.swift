import Comparison
import Foundation
import Registry
import SourceText
import Syntax

/// Which words of the sources the registers hold, and where they do not stand as they say.
struct SourceAccount {
  /// A value of a record or a passage of a document, and the lines that it says it is from.
  private struct Holding {
    let item: String
    let key: String
    let value: String
    let isPassage: Bool
    let places: [(source: String, lines: [ClosedRange<Int>])]
    /// How a source may write it, the longest first.
    let readings: [[SourceWords.Word]]

    let words: [SourceWords.Word]
    /// Whether it names something in words that a text holds.
    var quotes: Bool { !isPassage && SourceAccount.quoting.contains(key) }
    var name: String { "\(item), \(key)" }
    /// How many lines it names, so that who names fewer comes first.
    var span: Int { places.flatMap(\.lines).reduce(0) { $0 + $1.count } }
  }

  private static let quoting: Set = [
    "name", "title", "what", "category", "subject", "instances", "aliases", "variants",
    "expansion",
  ]
  private static let unworded: Set = [
    "editorial", "source", "sources", "lines", "web", "verified", "file", "document", "clauses",
  ]

  private(set) var sources: [String: SourceWords]
  /// Texts that are not at the lines that they name.
  private(set) var misplaced: [String] = []
  /// Texts whose words another text holds.
  private(set) var doubled: [String] = []
  private var holdings: [Holding] = []

  /// Accounts for the words of sources.
  ///
  /// - Parameters:
  ///   - sources: The texts by the ids of the sources.
  ///   - snapshot: The registers. Texts of the Code are quotations and hold nothing.
  init(_ sources: [String: String], _ snapshot: Snapshot) {
    self.sources = sources.mapValues { SourceWords($0) }
    for register in snapshot.catalogue.registers where register.name != "clauses" {
      for record in snapshot.records(of: register) {
        let item = "\(register.name)/\(record.id)"
        if register.name == "sources" {
          takeFurniture(of: record)
        } else {
          collect(record.node, key: "", item, [], nil)
        }
        if register.shape == .document, let file = snapshot.source(at: record.path) {
          collectPassages(of: record, Passage.passages(of: file, register.numbering), item)
        }
      }
    }
    holdTexts()
    holdFacts()
  }

  private mutating func takeFurniture(of source: Record) {
    for entry in source.node["furniture"]?.elements ?? [] {
      let lines = SourceWords.lines(entry["lines"]?.text ?? "")
      guard let text = sources[source.id] else { continue }
      var places = [text.indices(in: lines)]
      if let words = entry["words"]?.text {
        let wanted = SourceWords.words(of: words).map { SourceWords.Word($0) }
        places = text.places(of: wanted[...], in: lines, .plain, unheld: true)
      }
      if places.allSatisfy(\.isEmpty) {
        misplaced.append("sources/\(source.id), furniture: \(lines)")
      }
      for place in places {
        sources[source.id]?.hold(place, by: entry["what"]?.text ?? "", asFurniture: true)
      }
    }
  }

  /// Collects the values below a node, each with the lines that the nearest mapping around it names.
  private mutating func collect(
    _ node: Node, key: String, _ item: String,
    _ outer: [(source: String, lines: [ClosedRange<Int>])], _ document: String?
  ) {
    switch node.kind {
    case .array:
      for element in node.elements { collect(element, key: key, item, outer, document) }
    case .object:
      let (places, document) = Self.places(of: node, outer, document)
      for member in node.members {
        let name = member.key.text ?? ""
        guard !Self.unworded.contains(name) else { continue }
        collect(member.value, key: name, item, places, document)
      }
    default:
      guard let text = node.text, !text.isEmpty, !outer.isEmpty, node.bool != false else { return }
      let value = node.bool == true ? key : text
      holdings.append(
        Holding(
          item: item, key: key, value: value, isPassage: false, places: outer,
          readings: Self.readings(of: value, key),
          words: SourceWords.words(of: value).map { SourceWords.Word($0) }))
    }
  }

  private static func places(
    of node: Node, _ outer: [(source: String, lines: [ClosedRange<Int>])], _ document: String?
  ) -> (places: [(source: String, lines: [ClosedRange<Int>])], document: String?) {
    func place(_ source: String?, _ lines: Node?) -> (source: String, lines: [ClosedRange<Int>])? {
      guard let source, let lines = lines?.text else { return nil }
      return (source, SourceWords.lines(lines))
    }
    if let source = node["source"] {
      let name = source.kind == .object ? source["document"]?.text : source.text
      let lines = source.kind == .object ? source["lines"] : node["lines"]
      return ([place(name, lines)].compactMap(\.self), name)
    }
    if let list = node["sources"] {
      let places = list.elements.compactMap { place($0["document"]?.text, $0["lines"]) }
      return (places, list.elements.lazy.compactMap { $0["document"]?.text }.first ?? document)
    }
    if let own = place(document, node["lines"]) { return ([own], document) }
    return (outer, document)
  }

  /// Collects the passages of a document, each with the lines of its section.
  ///
  /// What names a record holds nothing.
  private mutating func collectPassages(
    of record: Record, _ passages: [Passage], _ item: String
  ) {
    let (whole, document) = Self.places(of: record.node, [], nil)
    var sections: [String: [(source: String, lines: [ClosedRange<Int>])]] = [:]
    for section in record.node["clauses"]?.elements ?? [] {
      let lines = SourceWords.lines(section["lines"]?.text ?? "")
      sections[section["clause"]?.text ?? ""] = [(document ?? "", lines)]
    }
    var section = ""
    for passage in passages {
      switch passage.kind {
      case .head, .code: continue
      case .heading:
        let name = passage.text.filter { !"[]".contains($0) }
        if let own = [passage.number, name].first(where: { sections[$0] != nil }) {
          section = own
        }
      case .paragraph, .item, .row, .other: break
      }
      let text = Self.wording(of: passage)
      guard !text.isEmpty, !(passage.text.hasPrefix("[") && passage.text.hasSuffix("]")) else {
        continue
      }
      let words = SourceWords.words(of: text).map { SourceWords.Word($0) }
      holdings.append(
        Holding(
          item: item, key: section, value: text, isPassage: true,
          places: sections[section] ?? whole, readings: [words], words: words))
    }
  }

  /// Returns a passage without the marks of Markdown.
  private static func wording(of passage: Passage) -> String {
    var text = passage.source.trimmingCharacters(in: .whitespacesAndNewlines)[...]
    text = text.drop { $0 == "#" }.drop { $0 == " " }
    if text.hasPrefix("- ") { text = text.dropFirst(2) }
    var words = String(text)
    for mark in ["1", "2", "3"] {
      words = words.replacing("[^\(mark)]:", with: mark).replacing("[^\(mark)]", with: "")
    }
    return words.replacing("\\", with: "")
  }

  /// Returns how a source may write a value: a date with the name of its month, the number of an item as that of
  /// its heading.
  private static func readings(of value: String, _ key: String) -> [[SourceWords.Word]] {
    var texts = [value]
    let parts = value.prefix(10).split(separator: "-").compactMap { Int($0) }
    if parts.count == 3, value.count >= 10, (1...12).contains(parts[1]) {
      let month = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
      ][parts[1] - 1]
      let day = parts[2]
      let end = (11...13).contains(day) ? "th" : [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
      for form in ["\(day)\(end)", "\(day)"] {
        texts += ["\(form) \(month) \(parts[0])", "\(form) \(month)"]
      }
    }
    if key == "status" { texts += ["Action \(value)"] }
    if key == "id" {
      if value.contains("/") { texts.append("ACTION \(value)") }
      if let item = value.split(separator: "#").last, item.count < value.count {
        texts.append("\(item).")
      }
      let number = value.split(separator: "-").last.map { $0.drop { !$0.isNumber } } ?? ""
      if value.contains("-R") || value.contains("-I"), !number.isEmpty {
        texts.append(String(number))
      }
    }
    return texts.map { SourceWords.words(of: $0).map { SourceWords.Word($0) } }
      .sorted { $0.count > $1.count }
  }

  /// Gives words to the texts of four words or more, the longest first; names and titles, which may quote, last.
  private mutating func holdTexts() {
    let texts = holdings.indices.filter { holdings[$0].words.count > 3 || holdings[$0].isPassage }
      .sorted { one, two in
        let (one, two) = (holdings[one], holdings[two])
        if one.quotes != two.quotes { return two.quotes }
        if one.words.count != two.words.count { return one.words.count > two.words.count }
        return one.isPassage && !two.isPassage
      }
    var found: Set<Int> = []
    for index in texts {
      let holding = holdings[index]
      let words = holding.words
      for (source, lines) in holding.places {
        for place in sources[source]?.places(of: words[...], in: lines, .exact, unheld: true) ?? []
        {
          sources[source]?.hold(place, by: holding.name)
          found.insert(index)
        }
      }
    }
    for isUnheld in [true, false] {
      for index in texts where !found.contains(index) {
        if holdElsewhere(holdings[index], unheld: isUnheld) { found.insert(index) }
      }
    }
    for index in texts where !found.contains(index) {
      guard holdings[index].isPassage || holdings[index].words.count > 5 else { continue }
      misplaced.append("\(holdings[index].name): \(holdings[index].value.prefix(80))")
    }
  }

  /// Looks for a text in two pieces, and where other texts stand.
  private mutating func holdElsewhere(_ holding: Holding, unheld isUnheld: Bool) -> Bool {
    let words = holding.words
    for (source, lines) in holding.places {
      guard let text = sources[source] else { continue }
      if !isUnheld,
        let place = text.places(of: words[...], in: lines, .exact, unheld: false).first
      {
        if words.count >= 15, !holding.quotes {
          let other = text.holders[place[0]] ?? ""
          doubled.append("\(holding.name) and \(other): \(holding.value.prefix(80))")
        }
        return true
      }
      let places = text.brokenPlaces(of: words, in: lines, unheld: isUnheld)
      for place in places { sources[source]?.hold(place, by: holding.name) }
      if !places.isEmpty { return true }
    }
    return false
  }

  /// Gives what is left to the facts that say it: numbers, dates, states, names.
  private mutating func holdFacts() {
    let facts = holdings.filter { !$0.isPassage }.sorted { one, two in
      let lengths = (one.readings.first?.count ?? 0, two.readings.first?.count ?? 0)
      return lengths.0 != lengths.1 ? lengths.0 > lengths.1 : one.span < two.span
    }
    for fact in facts {
      for (source, lines) in fact.places {
        for reading in fact.readings {
          guard
            let place = sources[source]?.places(of: reading[...], in: lines, .plain, unheld: true)
              .first
          else { continue }
          sources[source]?.hold(place, by: fact.name)
          break
        }
      }
    }
  }
}

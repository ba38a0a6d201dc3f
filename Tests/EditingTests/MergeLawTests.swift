import Comparison
import Diagnostics
import Editing
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// A register as a random test makes it, with its own ways of being written.
private struct Sheet {
  /// The ids in their order, and the fields of each; a list field has its elements between bars.
  var ids: [String] = []
  var records: [String: [String: String]] = [:]
  var columns = ["id", "name", "text", "due", "tags"]
  var isQuoted = false
  var lineEnd = "\n"
  var mark = ""
  var endsWithBreak = true
  var indent = 2

  static func random(_ generator: inout SeededGenerator) -> Sheet {
    var sheet = Sheet()
    for number in 1...Int.random(in: 2...7, using: &generator) {
      sheet.add("A\(number * 10)", &generator)
    }
    return sheet
  }

  mutating func add(_ id: String, at place: Int? = nil, _ generator: inout SeededGenerator) {
    guard records[id] == nil else { return }
    ids.insert(id, at: place ?? ids.count)
    records[id] = [:]
    for column in columns where column != "id" && Bool.random(using: &generator) {
      records[id]?[column] = Self.value(of: column, &generator)
    }
  }

  private static func value(of column: String, _ generator: inout SeededGenerator) -> String {
    let words = ["a", "b, c", "d \"e\"", "f # g", "h", "k: l", "it's"]
    func word() -> String {
      (words.randomElement(using: &generator) ?? "a")
        + String(Int.random(in: 0..<40, using: &generator))
    }
    guard column == "tags" else { return word() }
    return (0..<Int.random(in: 1...3, using: &generator)).map { _ in word() }
      .joined(separator: "|")
  }

  /// Changes it a few times, as one side of a merge does.
  func edited(_ generator: inout SeededGenerator) -> Sheet {
    var sheet = self
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let id = sheet.ids.randomElement(using: &generator) ?? "A10"
      let column = sheet.columns.filter { $0 != "id" }.randomElement(using: &generator) ?? "name"
      switch Int.random(in: 0..<12, using: &generator) {
      case 0...3: sheet.records[id]?[column] = Self.value(of: column, &generator)
      case 4: sheet.records[id]?[column] = nil
      case 5 where sheet.ids.count > 1:
        sheet.ids.removeAll { $0 == id }
        sheet.records[id] = nil
      case 6, 7: sheet.add("A\(Int.random(in: 80..<90, using: &generator))", &generator)
      case 8: sheet.add("A\(Int.random(in: 1..<9, using: &generator))", at: 0, &generator)
      case 9: sheet.columns.shuffle(using: &generator)
      case 10: sheet.indent = 4
      default:
        sheet.isQuoted.toggle()
        sheet.lineEnd = "\r\n"
        sheet.mark = "\u{FEFF}"
        sheet.endsWithBreak = false
      }
    }
    return sheet
  }

  var csv: String {
    func cell(_ text: String) -> String {
      let needsQuotes = isQuoted || text.contains { ",\"".contains($0) }
      return needsQuotes && !text.isEmpty
        ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    let rows = ids.map { id in
      columns.map { cell($0 == "id" ? id : records[id]?[$0] ?? "") }.joined(separator: ",")
    }
    return finished([columns.map(cell).joined(separator: ",")] + rows)
  }

  var yaml: String {
    func scalar(_ text: String) -> String {
      isQuoted
        ? "\"\(text.replacing("\"", with: "\\\""))\"" : "'\(text.replacing("'", with: "''"))'"
    }
    let shift = String(repeating: " ", count: indent)
    return finished(
      ids.flatMap { id in
        ["-" + shift.dropFirst() + "id: \(id)"]
          + columns.flatMap { column -> [String] in
            guard let value = records[id]?[column] else { return [] }
            guard column == "tags" else { return ["\(shift)\(column): \(scalar(value))"] }
            return ["\(shift)tags:"]
              + value.split(separator: "|").map { "\(shift)\(shift)- \(scalar(String($0)))" }
          }
      })
  }

  private func finished(_ lines: [String]) -> String {
    mark + lines.joined(separator: lineEnd) + (endsWithBreak ? lineEnd : "")
  }
}

/// Merges records by fields; `nil` where both sides changed one field, or one record is changed and gone.
private func expected(
  _ base: Sheet, _ ours: Sheet, _ theirs: Sheet, listsAreJoined: Bool
) -> [String: [String: String]]? {
  var result: [String: [String: String]] = [:]
  for id in Set(ours.ids + theirs.ids) {
    let (old, mine, other) = (base.records[id], ours.records[id], theirs.records[id])
    if mine == other || other == old {
      result[id] = mine
    } else if mine == old {
      result[id] = other
    } else {
      guard let old, let mine, let other else { return nil }
      var record: [String: String] = [:]
      for name in Set(old.keys).union(mine.keys).union(other.keys) {
        let (before, one, two) = (old[name], mine[name], other[name])
        if one == two || two == before {
          record[name] = one
        } else if one == before {
          record[name] = two
        } else if name == "tags", listsAreJoined {
          record[name] = "?"
        } else {
          return nil
        }
      }
      result[id] = record
    }
  }
  return result
}

private func records(of text: String, _ path: RepoPath) -> [String: [String: String]]? {
  var report = Report()
  let file = SourceFile(path: path, text: text)
  let root =
    path.string.hasSuffix(".csv")
    ? CSVReader.table(of: file, into: &report)?.tree { _ in .string }.root
    : YAMLReader.tree(of: file, into: &report)?.root
  guard let root, !report.hasErrors else { return nil }
  var records: [String: [String: String]] = [:]
  for record in root.elements {
    let id = record["id"]?.text ?? ""
    guard records[id] == nil else { return nil }
    records[id] = Dictionary(
      uniqueKeysWithValues: record.members.filter { $0.key.text != "id" }.map { member in
        let elements = member.value.elements.compactMap(\.text).joined(separator: "|")
        return (member.key.text ?? "", member.value.text ?? elements)
      })
  }
  return records
}

@Test(arguments: ["registers/a.csv", "registers/a.yaml"])
func `a merge is clean where each side changed other fields, and then says what both say`(
  name: String
) throws {
  let path = try #require(RepoPath(name))
  let isTable = name.hasSuffix(".csv")
  var (clean, conflicts) = (0, 0)
  for seed in 1...2000 {
    var generator = SeededGenerator(seed: UInt64(seed))
    let base = Sheet.random(&generator)
    let (ours, theirs) = (base.edited(&generator), base.edited(&generator))
    let texts = [base, ours, theirs].map { isTable ? $0.csv : $0.yaml }
    let files = texts.map { SourceFile(path: path, text: $0) }
    let merge = ThreeWayMerge(
      base: files[0], ours: files[1], theirs: files[2],
      labels: ConflictLabels(ours: "HEAD", theirs: "side")
    ) { _, _, _ in nil }
    let text = String(decoding: merge.bytes, as: UTF8.self)
    let wanted = expected(base, ours, theirs, listsAreJoined: !isTable)
    let story = "seed \(seed)\n" + (texts + [text]).joined(separator: "\n----\n")
    if merge.conflicts == 0 {
      clean += 1
      let found = records(of: text, path)
      #expect(found?.keys.sorted() == wanted?.keys.sorted(), "\(story)")
      for (id, record) in wanted ?? [:] {
        let isSame = record.allSatisfy { $0.value == "?" || found?[id]?[$0.key] == $0.value }
        #expect(isSame && found?[id]?.count == record.count, "\(id) \(story)")
      }
    } else {
      conflicts += 1
      let isInDoubt =
        isTable && base.columns != ours.columns && base.columns != theirs.columns
        || wanted?.values.contains { $0["tags"] == "?" } == true
      #expect(wanted == nil || isInDoubt, "\(story)")
      for marker in ["<<<<<<< HEAD", "=======", ">>>>>>> side"] {
        #expect(text.contains(marker), "\(story)")
      }
    }
  }
  #expect(clean > 500 && conflicts > 200, "\(clean) \(conflicts)")
}

/// A document as a random test makes it: clauses by their numbers.
private struct Sections {
  var version = 1
  var title = "Terms"
  var clauses: [(number: Int, words: [String])] = []
  var width = 6
  var lineEnd = "\n"

  static func random(_ generator: inout SeededGenerator) -> Sections {
    var sections = Sections()
    for number in 1...Int.random(in: 2...8, using: &generator) {
      sections.clauses.append((number, words(&generator)))
    }
    return sections
  }

  private static func words(_ generator: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 3...12, using: &generator)).map { _ in
      "w\(Int.random(in: 0..<100, using: &generator))"
    }
  }

  func edited(_ generator: inout SeededGenerator) -> Sections {
    var sections = self
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = clauses.indices.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<7, using: &generator) {
      case 0...2 where place < sections.clauses.count:
        sections.clauses[place].words = Self.words(&generator)
      case 3:
        let last = sections.clauses.last?.number ?? 0
        sections.clauses.append((last + 1, Self.words(&generator)))
      case 4: sections.version += Int.random(in: 1...2, using: &generator)
      case 5: sections.title += "!"
      default:
        sections.width = 4
        sections.lineEnd = "\r\n"
      }
    }
    return sections
  }

  var text: String {
    let body = clauses.map { clause in
      var lines: [String] = []
      for (position, word) in clause.words.enumerated() {
        if position % width == 0 {
          lines.append(word)
        } else {
          lines[lines.count - 1] += " " + word
        }
      }
      return "A1.\(clause.number) " + lines.joined(separator: "\n") + "\n"
    }
    let text =
      "---\nid: A\nversion: \(version)\ntitle: \(title)\n---\n\n## A1 Terms\n\n"
      + body.joined(separator: "\n")
    return text.replacing("\n", with: lineEnd)
  }

  /// Merges by clause and field; `nil` where both sides changed one.
  static func merged(_ base: Sections, _ ours: Sections, _ theirs: Sections) -> String? {
    func value<Value: Equatable>(_ base: Value, _ ours: Value, _ theirs: Value) -> [Value] {
      ours == theirs || theirs == base ? [ours] : ours == base ? [theirs] : []
    }
    var result = ours
    guard let version = value(base.version, ours.version, theirs.version).first,
      let title = value(base.title, ours.title, theirs.title).first
    else { return nil }
    (result.version, result.title, result.clauses) = (version, title, [])
    for place in 0..<max(ours.clauses.count, theirs.clauses.count) {
      let clauses = [base, ours, theirs].map { side in
        side.clauses.indices.contains(place) ? side.clauses[place].words : []
      }
      guard let words = value(clauses[0], clauses[1], clauses[2]).first else { return nil }
      result.clauses.append((place + 1, words))
    }
    return result.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

@Test func `a merge of documents is clean where each side changed other clauses and fields`() throws
{
  let path = try #require(RepoPath("registers/A.md"))
  var clean = 0
  for seed in 1...500 {
    var generator = SeededGenerator(seed: UInt64(seed))
    let base = Sections.random(&generator)
    let (ours, theirs) = (base.edited(&generator), base.edited(&generator))
    let files = [base, ours, theirs].map { SourceFile(path: path, text: $0.text) }
    let merge = ThreeWayMerge(
      base: files[0], ours: files[1], theirs: files[2],
      labels: ConflictLabels(ours: "HEAD", theirs: "side")
    ) { _, _, _ in nil }
    let text = String(decoding: merge.bytes, as: UTF8.self)
    let wanted = Sections.merged(base, ours, theirs)
    let story =
      "seed \(seed)\n" + [base, ours, theirs].map(\.text).joined(separator: "\n----\n") + text
    #expect((merge.conflicts == 0) == (wanted != nil), "\(story)")
    if let wanted, merge.conflicts == 0 {
      clean += 1
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words == wanted, "\(story)")
    }
  }
  #expect(clean > 150)
}

@Test(arguments: ["a.csv", "a.yaml", "a.md", "a.json"])
func `a merge of texts that are broken at random ends, and a side that is alone is taken`(
  name: String
) throws {
  let path = try #require(RepoPath("registers/" + name))
  let signs = Array("\r\n\n\n  --#:[]{}\"',|>&*!?%<=\u{FEFF}ab1é\u{0}".utf8)
  for seed in 1...1500 {
    var generator = SeededGenerator(seed: UInt64(seed))
    let sheet = Sheet.random(&generator)
    let texts = [sheet, sheet.edited(&generator), sheet.edited(&generator)].map { sheet in
      name == "a.csv" ? sheet.csv : name == "a.md" ? "---\nid: A\n---\n" + sheet.csv : sheet.yaml
    }
    let files = texts.map { text in
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let sign = signs.randomElement(using: &generator) ?? 0
        if Bool.random(using: &generator) {
          bytes.insert(sign, at: place)
        } else {
          bytes[place] = sign
        }
      }
      return SourceFile(path: path, bytes: bytes)
    }
    func merge(_ base: SourceFile, _ ours: SourceFile, _ theirs: SourceFile) -> ThreeWayMerge {
      ThreeWayMerge(
        base: base, ours: ours, theirs: theirs,
        labels: ConflictLabels(ours: "HEAD", theirs: "side")
      ) { _, _, _ in nil }
    }
    _ = merge(files[0], files[1], files[2])
    let alone = [merge(files[0], files[1], files[0]), merge(files[0], files[0], files[1])]
    for merge in alone { #expect(merge.conflicts == 0 && merge.bytes == files[1].bytes, "\(seed)") }
    let same = merge(files[0], files[1], files[1])
    #expect(same.conflicts == 0 && same.bytes == files[1].bytes, "\(seed)")
  }
}

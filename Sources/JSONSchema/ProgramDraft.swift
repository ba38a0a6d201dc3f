import Patterns
import Syntax

/// The growing tables of a ``Program``, with what keeps their entries unique.
struct ProgramDraft {
  var instructions: [Instruction] = []
  var blocks: [Block] = []
  var lists: [Int32] = []
  var names: [Name] = []
  var nameBytes: [UInt8] = []
  var rules: [ObjectRules] = []
  var slots: [Int32] = []
  var entries: [PropertyEntry] = []
  var patternRules: [(pattern: Int32, block: Int32)] = []
  var patterns: [Pattern] = []
  var numbers: [ExactNumber] = []
  var smallNumbers: [Int64?] = []
  var formats: [Format] = []
  var dynamicAnchors: [[Int32: Int32]] = []
  let annotationKeywords: [String]

  private var nameIndex: [String: Int32] = [:]
  private var patternIndex: [String: Int32] = [:]

  init(annotationKeywords: [String]) {
    self.annotationKeywords = annotationKeywords
  }

  /// Returns the number of `text` in the table of names.
  mutating func name(_ text: String) -> Int32 {
    if let known = nameIndex[text] { return known }
    let index = newName(text)
    nameIndex[text] = index
    return index
  }

  /// Adds a name even where it is known: lists of names are stretches of the table.
  mutating func newName(_ text: String) -> Int32 {
    var text = text
    let word = text.withUTF8 { prefix(of: $0) }
    names.append(
      Name(start: Int32(nameBytes.count), count: Int32(text.utf8.count), prefix: word))
    nameBytes.append(contentsOf: text.utf8)
    return Int32(names.count - 1)
  }

  mutating func list(_ blocks: [Int32]) -> Int32 {
    lists.append(contentsOf: blocks)
    return Int32(lists.count - blocks.count)
  }

  mutating func number(_ text: String) -> Int32 {
    var text = text
    text.withUTF8 {
      numbers.append(ExactNumber($0))
      smallNumbers.append(smallInteger($0))
    }
    return Int32(numbers.count - 1)
  }

  /// Returns the number of the pattern `source`, compiled once for all schemas of a program.
  mutating func pattern(_ source: String) throws(PatternError) -> Int32 {
    if let known = patternIndex[source] { return known }
    patterns.append(try Pattern(ecma262: source))
    patternIndex[source] = Int32(patterns.count - 1)
    return Int32(patterns.count - 1)
  }

  mutating func format(_ format: Format) -> Int32 {
    formats.append(format)
    return Int32(formats.count - 1)
  }

  /// Adds object rules with the properties `table` in an open-addressing hash table.
  mutating func objectRules(_ table: [PropertyEntry], _ rules: ObjectRules) -> Int32 {
    var rules = rules
    var size = 2
    while size < table.count * 2 { size *= 2 }
    rules.slots = Int32(slots.count)
    rules.mask = Int32(size - 1)
    rules.entries = Int32(entries.count)
    rules.entryCount = Int32(table.count)
    slots.append(contentsOf: repeatElement(-1, count: size))
    for entry in table {
      let name = names[Int(entry.name)]
      var slot = hash(prefix: name.prefix, count: Int(name.count)) & (size - 1)
      while slots[Int(rules.slots) + slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[Int(rules.slots) + slot] = Int32(entries.count)
      entries.append(entry)
    }
    self.rules.append(rules)
    return Int32(self.rules.count - 1)
  }
}

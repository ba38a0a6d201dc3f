import Patterns
import Registry
import Syntax

/// The spellings in which texts name a record: those that the rule 'reference-forms' knows, and the names of whole
/// documents of 'clause-references'.
struct Spellings {
  private let id: String
  private let register: Register
  private let forms: [String: FormReader]
  private let mentions: [String: Pattern]
  private let matcher = PatternMatcher()

  init(of id: String, in position: Int, _ index: RecordIndex) {
    self.id = id
    register = index.snapshot.catalogue.registers[position]
    var (forms, mentions): ([String: FormReader], [String: Pattern]) = ([:], [:])
    for other in index.snapshot.catalogue.registers {
      for rule in other.rules where rule.value.kind == .object {
        if rule.key.text == RegisterRule.referenceForms.name {
          forms[other.name] = FormReader(rule.value)
        } else if rule.key.text == RegisterRule.clauseReferences.name,
          rule.value["list"]?.text == register.name, let mention = rule.value["mention"]?.text
        {
          mentions[other.name] = try? Pattern(ecma262: mention)
        }
      }
    }
    (self.forms, self.mentions) = (forms, mentions)
  }

  /// Returns where a text of a register names the record in another form than its id.
  func found(in text: RunningText, of other: Register) -> [(stretch: Range<Int>, text: String)] {
    let known = forms[other.name]?.forms(in: text).filter { $0.form == id }.map(\.match) ?? []
    let named =
      mentions[other.name].map { text.matches(of: $0, with: matcher) }?.filter {
        register.regularForm(of: $0.text) == id
      } ?? []
    return (known + named).map { ($0.range, $0.text) }
  }

  /// Returns a spelling as it is for another id: the same but for what tells the ids apart; the id itself where
  /// there is none.
  func spelling(_ text: String, as new: String) -> String {
    let (own, other) = (Array(id), Array(new))
    let shorter = min(own.count, other.count) - 1
    let head = zip(own, other).prefix(shorter) { $0 == $1 }
    let tail = min(
      zip(own.reversed(), other.reversed()).prefix(shorter) { $0 == $1 }, shorter - head)
    // From what differs to the whole number that it is a part of.
    for start in (max(0, head - 3)...head).reversed() {
      let part = String(own[start..<(own.count - tail)])
      let changed = String(other[start..<(other.count - tail)])
      for range in text.ranges(of: part).reversed() {
        let spelling = text[..<range.lowerBound] + changed + text[range.upperBound...]
        if means(String(spelling)) == new { return String(spelling) }
      }
    }
    return new
  }

  private func means(_ spelling: String) -> String? {
    for reader in forms.values {
      if let form = reader.form(of: spelling) { return form }
    }
    return register.regularForm(of: spelling)
  }
}

extension Sequence {
  /// How many elements at the begin, up to a number, fulfil a condition.
  fileprivate func prefix(_ most: Int, while holds: (Element) -> Bool) -> Int {
    var count = 0
    for element in self {
      guard count < most, holds(element) else { break }
      count += 1
    }
    return count
  }
}

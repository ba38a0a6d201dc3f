import Comparison
package import Diagnostics
import Patterns
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// Tables, figures and annexes are found by their numbers (rule R22).
  static let captions = RegisterRule(
    "captions", [.captionOrder, .missingCaption, .uncitedCaption, .mixedCaptions],
    requirement: "Tables, figures and annexes are numbered without a gap, are there and are cited.",
    [
      Parameter(
        name: "words", kind: .texts,
        meaning: "The words that are counted, such as Table, Figure and Annex."),
      Parameter(
        name: "same", kind: .texts,
        meaning: "Words for one thing, such as Annex and Appendix; a document uses one of them.",
        isRequired: false),
      Parameter(
        name: "attachments", kind: .ways,
        meaning:
          "The ways to titles of attachments, which are annexes too, as attachments[].title.",
        isRequired: false),
    ]
  ) { rule, report in
    let words = rule.texts("words")
    let same = rule.texts("same")
    let alternatives = (words + same).map { word in
      String(word.filter { $0.isLetter || $0 == " " })
    }.joined(separator: "|")
    guard let form = try? Pattern(ecma262: #"\b(\#(alternatives)) (\d{1,3}|[A-Z])\b"#) else {
      return
    }
    let matcher = PatternMatcher()
    for record in rule.records {
      var captions: [Caption] = []
      var cited: [Caption] = []
      for passage in rule.inspection.passages[record.path]
      where passage.kind != .head && passage.kind != .code {
        for match in form.matches(in: passage.source, with: matcher) {
          guard let word = match.groups[0], let number = match.groups[1] else { continue }
          let start = passage.range.lowerBound
          let caption = Caption(
            word: word, number: number,
            range: SourceRange(
              record.path, (start + match.range.lowerBound)..<(start + match.range.upperBound)))
          if Caption.begins(passage, with: match) {
            captions.append(caption)
          } else {
            cited.append(caption)
          }
        }
      }
      let attached = rule.texts("attachments").flatMap { record.values(at: $0) }.compactMap {
        title in
        form.matches(in: title.text ?? "", with: matcher).first.flatMap { match -> Caption? in
          guard match.range.lowerBound == 0, let word = match.groups[0],
            let number = match.groups[1]
          else { return nil }
          return Caption(word: word, number: number, range: title.range)
        }
      }
      for word in words {
        var last: Caption?
        for caption in captions where caption.word == word {
          if let before = last.map(\.value) ?? (caption.value > 1 ? 0 : nil),
            caption.value != before + 1
          {
            report.warning(
              .captionOrder, .order(caption.name, last?.name), at: caption.range,
              help: "Number it next", item: record.id)
          }
          last = caption
        }
      }
      for citation in cited where same.contains(citation.word) {
        // What is called an annex where it stands is one where it is cited; one of another document is none of it.
        guard !(captions + attached).contains(where: { $0.name == citation.name }),
          let own = (captions + attached).first(where: {
            same.contains($0.word) && $0.number == citation.number
          }), !Caption.isElsewhere(citation, record, rule.index)
        else { continue }
        report.warning(
          .mixedCaptions, .cited(citation.name, own.name), at: citation.range,
          related: [.init("'\(own.name)' stands here", at: own.range)],
          help: "Write '\(own.name)'", item: record.id)
      }
      for citation in cited where words.contains(citation.word) {
        // A document without any may speak of those of another.
        guard captions.contains(where: { $0.word == citation.word }),
          !(captions + attached).contains(where: { $0.name == citation.name })
        else { continue }
        report.error(
          .missingCaption, .missing(citation.name), at: citation.range,
          help: "Cite one that is there, or add it", item: record.id)
      }
      for caption in captions where !cited.contains(where: { $0.name == caption.name }) {
        guard words.contains(caption.word) else { continue }
        report.add(
          Diagnostic(
            .note, .uncitedCaption, .uncited(caption.name), at: caption.range,
            help: "Say in the text what it shows", item: record.id))
      }
      let used = captions.filter { same.contains($0.word) }
      if let first = used.first, let other = used.first(where: { $0.word != first.word }) {
        report.warning(
          .mixedCaptions, .mixed(first.name, other.name), at: other.range,
          related: [.init("'\(first.name)' stands here", at: first.range)],
          help: "Use one word for both", item: record.id)
      }
    }
  }
}

/// A table, figure or annex, or a place that cites one.
private struct Caption {
  let word: String
  let number: String
  let range: SourceRange

  var name: String { "\(word) \(number)" }
  /// Its number, with A as 1.
  var value: Int {
    Int(bounded: number) ?? number.unicodeScalars.first.map { Int($0.value) - 64 } ?? 0
  }

  /// Whether a citation says that it is of another document: "of the SEC", "SEC Appendix B".
  static func isElsewhere(_ citation: Caption, _ record: Record, _ index: RecordIndex) -> Bool {
    guard let bytes = index.snapshot.source(at: record.path)?.bytes else { return false }
    let range = citation.range.offsets
    let after = String(decoding: bytes[range.upperBound...].prefix(8), as: UTF8.self)
    let before = String(decoding: bytes[..<range.lowerBound].suffix(4), as: UTF8.self)
    return before == "SEC " || after.hasPrefix(" of the ") || after.hasPrefix(" to the ")
  }

  /// Whether a passage is the caption: it begins so, and goes on with a sign or not at all.
  static func begins(_ passage: Passage, with match: Pattern.Match) -> Bool {
    let text = passage.text.drop { "*_ ".contains($0) }
    guard text.hasPrefix(match.text) else { return false }
    let first = passage.source.utf8.prefix(match.range.lowerBound)
    guard first.allSatisfy({ "#*_ \t".utf8.contains($0) }) else { return false }
    if case .heading = passage.kind { return true }
    let rest = text.dropFirst(match.text.count).drop { "*_".contains($0) }
    let sign = rest.drop { $0 == " " }.first
    return rest.isEmpty || sign.map { ":.–—-".contains($0) } == true
  }
}

extension Diagnostic.Code {
  /// The number of a table, figure or annex is not the next one.
  package static let captionOrder: Self = "caption/order"
  /// A text cites a table, figure or annex that is not there.
  package static let missingCaption: Self = "caption/missing"
  /// No text cites a table, figure or annex.
  package static let uncitedCaption: Self = "caption/uncited"
  /// A document has two words for one thing.
  package static let mixedCaptions: Self = "caption/mixed"
}

extension Diagnostic.Message {
  fileprivate static func order(_ name: String, _ before: String?) -> Self {
    before.map { "'\(name)' follows '\($0)'" } ?? "'\(name)' is the first"
  }
  fileprivate static func missing(_ name: String) -> Self { "there is no '\(name)'" }
  fileprivate static func uncited(_ name: String) -> Self { "nothing cites '\(name)'" }
  fileprivate static func cited(_ cited: String, _ own: String) -> Self {
    "'\(cited)' is called '\(own)' where it stands"
  }
  fileprivate static func mixed(_ one: String, _ other: String) -> Self {
    "it has '\(one)' and '\(other)'"
  }
}

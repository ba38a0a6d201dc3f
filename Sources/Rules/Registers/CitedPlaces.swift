import Diagnostics
package import Registry
package import SourceText
import Syntax

/// A place at which a text cites a clause, or names a document.
package struct CitedPlace: Sendable {
  /// The record with the text.
  package let record: Record
  package let register: Register
  package let range: SourceRange
}

extension RegisterRule {
  /// Finds who cites a clause, or names a document: among the registers whose texts the rule
  /// 'clause-references' looks at.
  ///
  /// - Parameters:
  ///   - number: The clause; `nil` where the document is meant as a whole.
  ///   - document: The document, or its record in the list of documents.
  ///   - register: Its register.
  ///   - index: All records.
  /// - Returns: The places in the order of registers and files. Who cites a part of the clause is among them.
  package static func places(
    citing number: String?, of document: Record, in register: Register, _ index: RecordIndex
  ) -> [CitedPlace] {
    var dropped = Report()
    let inspection = Inspection(of: index, into: &dropped)
    let wanted = number?.filter { !$0.isWhitespace }
    var places: [CitedPlace] = []
    for (position, other) in index.snapshot.catalogue.registers.enumerated() {
      guard let parameters = other.rules.first(where: { $0.key.text == clauseReferences.name })
      else { continue }
      let rule = RegisterCase(
        inspection: inspection, position: position, parameters: parameters.value)
      let isOfClauses = rule.text("documents") == register.name
      guard isOfClauses || rule.text("list") == register.name,
        let documents = rule.register("documents")
      else { continue }
      let reader = CitationReader(rule, documents)
      for record in rule.records where record.node.tree !== document.node.tree {
        for text in rule.runningTexts(of: record) {
          var ranges: [SourceRange] = []
          if let wanted, isOfClauses, let template = rule.text("id") {
            ranges = reader.citations(in: text).filter { cited in
              !cited.isOwn
                && cited.numbers.contains { isCited(wanted, by: $0, document.id, template) }
            }.map(\.range)
          } else if wanted == nil, rule.text("list") == register.name {
            ranges = reader.mentions(in: text).filter { $0.id == document.id }.map(\.range)
          }
          places += ranges.map { CitedPlace(record: record, register: other, range: $0) }
        }
      }
    }
    return places
  }

  /// Whether a citation is of a clause or of what stands in it.
  private static func isCited(
    _ wanted: String, by number: String, _ document: String, _ template: String
  ) -> Bool {
    let letters = String(number.prefix { $0.isASCII && $0.isUppercase })
    guard template.replacing("$1", with: letters) == document, number.hasPrefix(wanted) else {
      return false
    }
    return number.count == wanted.count
      || "(.".contains(number.dropFirst(wanted.count).first ?? "a")
  }
}

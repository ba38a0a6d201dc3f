import CEL
import Diagnostics
package import Registry
package import Rules
import SourceText
import Syntax

/// The records of a register, chosen and ordered.
package struct Listing {
  /// What is asked for beside the register.
  package struct Question {
    /// An expression that is true for the records.
    package var condition: String?
    /// The fields that they are ordered by, with a sign where the order is turned round.
    package var sort: [String]?
    /// The fields that are shown; those of the catalogue where there is none.
    package var fields: [String]?
    /// The items to list; all where it is `nil`.
    package var only: ((Record) -> Bool)?

    package init() {}
  }

  package let register: Register
  /// The fields that are shown.
  package let fields: [String]
  package let records: [Record]
  /// Whether the answer rests on files outside of the register that could not be read.
  package let restsOnUnread: Bool
  private let computed: ComputedFields

  /// Chooses records.
  ///
  /// - Parameters:
  ///   - register: Their register.
  ///   - question: What is asked for.
  ///   - index: The records of the version.
  /// - Throws: `Failure` where a field is none, or the expression.
  package init(of register: Register, _ question: Question, in index: RecordIndex) throws {
    let snapshot = index.snapshot
    self.register = register
    let computed = ComputedFields(of: register, in: index)
    self.computed = computed
    var records = snapshot.records(of: register)
    if let only = question.only { records = records.filter(only) }
    let keys = question.sort?.map { Register.OrderKey($0) }
    try snapshot.require(
      fields: (question.fields ?? []) + (keys ?? []).map(\.property), of: [register])
    if let keys {
      records = register.ordered(records, by: keys) { computed.text(of: $1, in: $0) }
    }
    var restsOnUnread = false
    if let condition = question.condition {
      let names = Query.names(of: records, in: register, snapshot.rulebook)
      let texts = snapshot.rulebook.listedTexts(of: register)
      let query = try Query(condition, over: index, names: names, texts: texts)
      records = try query.filter(records, computed: computed)
      restsOnUnread = query.restsOnUnread
    }
    let columns = register.columns.isEmpty ? [register.idProperty] : register.columns
    (self.records, self.restsOnUnread) = (records, restsOnUnread)
    fields = question.fields ?? columns
  }

  /// Returns the cells of a record: lists of texts with commas, other lists and mappings as counts.
  package func cells(of record: Record) -> [String] {
    fields.map { cell($0, of: record) ?? computed.text(of: $0, in: record) ?? "" }
  }

  private func cell(_ property: String, of record: Record) -> String? {
    guard let value = record.node[property] else { return nil }
    switch value.kind {
    case .array:
      let texts = value.elements.compactMap(\.text)
      return texts.count == value.count ? texts.joined(separator: ", ") : "(\(value.count))"
    case .object: return "(\(value.count))"
    case .null: return ""
    default: return value.text ?? ""
    }
  }
}

extension Snapshot {
  /// Returns the register that a user names.
  ///
  /// - Throws: `Failure` where there is none of the name.
  package func register(named name: String) throws(Failure) -> Register {
    if let register = catalogue.register(named: name) { return register }
    throw Failure(
      "there is no register '\(name)'",
      hint: advice(for: name, among: catalogue.registers.map(\.name))
        ?? "List them with: registrar list")
  }
}

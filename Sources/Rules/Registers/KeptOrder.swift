package import Diagnostics
import Registry
import Syntax

extension RegisterRule {
  /// A table or a list that people read in its file stands in the order of its register.
  static let keptOrder = RegisterRule(
    "kept-order", [.outOfOrder],
    requirement: "The records of a file stand in the order that the catalogue gives.", []
  ) { rule, report in
    let files = Dictionary(grouping: rule.recordsOfFiles, by: \.path)
    for records in files.values where records.count > 1 {
      let ordered = rule.register.ordered(records)
      for (record, right) in zip(records, ordered) where record.node.index != right.node.index {
        let keys = rule.register.order.map { ($0.isDescending ? "-" : "") + $0.property }
        report.warning(
          .outOfOrder, .misplaced(record.id, right.id), at: record.idNode.range,
          help: "Order the records by \(keys.joined(separator: ", "))")
        break
      }
    }
  }
}

extension Diagnostic.Code {
  /// A record stands where another one belongs.
  package static let outOfOrder: Self = "register/order"
}

extension Diagnostic.Message {
  fileprivate static func misplaced(_ id: String, _ right: String) -> Self {
    "'\(id)' stands where '\(right)' belongs"
  }
}

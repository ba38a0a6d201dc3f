package import Baselines
package import Comparison
package import Registry
import Rules

/// An item that differs between two versions, in its record or in its text.
package struct ChangedItem {
  package let id: String
  package let kind: RecordChange.Kind
  /// Returns the commits behind the change, one line each.
  package let reasons: () throws -> [String]
}

extension Changes {
  /// Returns the items that changed, of those that a baseline holds, in the order of the catalogue.
  ///
  /// - Parameter baseline: The baseline, by whose kind it is told what it holds.
  /// - Returns: The registers with their items.
  package func items(of baseline: Baseline) -> [(register: Register, items: [ChangedItem])] {
    let scope = BaselineScope(catalogue?.baselineKind(of: baseline.name))
    var found: [(register: Register, items: [ChangedItem])] = registers(of: baseline).map {
      register, records in
      (
        register,
        records.map { record in
          ChangedItem(id: record.id, kind: record.kind) { reasons(record) }
        }
      )
    }
    for document in documents {
      guard let register = document.register,
        document.records.contains(where: { scope.holds($0, of: register) })
      else { continue }
      let position = found.firstIndex { $0.register.name == register.name }
      if let position, found[position].items.contains(where: { $0.id == document.id }) { continue }
      let item = ChangedItem(id: document.id, kind: .changed) { try document.allReasons() }
      if let position {
        let items = found[position].items
        let next = items.firstIndex { NaturalKey(item.id) < NaturalKey($0.id) } ?? items.count
        found[position].items.insert(item, at: next)
      } else {
        found.append((register, [item]))
      }
    }
    let order = catalogue?.registers.map(\.name) ?? []
    return found.sorted {
      (order.firstIndex(of: $0.register.name) ?? .max)
        < (order.firstIndex(of: $1.register.name) ?? .max)
    }
  }
}

extension DocumentChange {
  /// Returns what is behind all changes of its text, each once.
  func allReasons() throws -> [String] {
    let redline = redline
    let reason = try reasons(redline)
    var lines: [String] = []
    for position in changes(in: redline) {
      if let line = reason(position), !lines.contains(line) { lines.append(line) }
    }
    return lines
  }
}

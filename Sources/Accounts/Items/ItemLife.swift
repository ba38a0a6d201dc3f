import Comparison
package import History
package import Registry
import SourceText
import Syntax

/// Every change of an item, of one of its fields or of a clause, newest first.
package struct ItemLife {
  /// The catalogue that says what a reason is.
  package let catalogue: Catalogue
  /// The item as it is named now.
  package let id: String
  package let register: String
  /// The field that is asked for alone.
  package let field: String?
  /// The clause that is asked for alone.
  package let clause: String?
  /// The commits, without those that did not change what is asked for.
  package let entries: [ItemHistory.Entry]
  /// What the item is now, where it is gone and another says that it was this one.
  package let heir: String?
  /// Whether a shallow clone ends the history.
  package var isCut: Bool { entries.contains(where: \.isCut) }

  /// Reads the life of an item.
  ///
  /// - Parameters:
  ///   - name: The item, with a clause or a field behind a colon.
  ///   - past: Up to when.
  ///   - versions: Reads versions.
  /// - Throws: `Failure` where there is none and never was; what reading throws.
  package init(of name: String, _ past: Past, _ versions: VersionReader) async throws {
    let named = ItemName(name)
    let found: VersionReader.Found
    do {
      found = try await versions.item(named.item, in: past.tree)
    } catch let failure as Failure {
      guard named.part == nil, let lost = try await past.lost(named.item) else { throw failure }
      heir = try await past.heir(of: lost, versions)
      var history = ItemHistory(of: lost.register, in: past.repository, by: lost.rulebook)
      entries = try await history.entries(of: lost.id, at: [lost.path], upTo: past.tip)
      (catalogue, id, register) = (lost.rulebook.catalogue, lost.id, lost.register.name)
      (field, clause) = (nil, nil)
      return
    }
    var clause: String?
    if let part = named.part {
      try await versions.require(part, of: found, in: past.tree)
      if found.register.shape == .document, found.record.node[part] == nil {
        clause = try found.snapshot.clause(part, of: found.record, in: found.register).number
      }
    }
    let field = clause == nil ? named.part : nil
    var history = ItemHistory(of: found.register, in: past.repository, by: found.snapshot.rulebook)
    entries = try await history.entries(
      of: found.record.id, at: found.register.paths(of: found.record), clause: clause ?? "",
      upTo: past.tip
    ).compactMap { field == nil ? $0 : $0.keeping(field ?? "") }
    (catalogue, id, register) = (
      found.snapshot.catalogue, found.record.id, found.register.name
    )
    (self.field, self.clause, heir) = (field, clause, nil)
  }
}

extension ItemHistory.Entry {
  /// Returns what a commit did to one field alone; `nil` where it did nothing to it.
  fileprivate func keeping(_ field: String) -> ItemHistory.Entry? {
    var kept = self
    kept.text = nil
    if let change {
      kept.change =
        change.kind == .changed
        ? change.keeping([field]) : (change.new ?? change.old)?.node[field] == nil ? nil : change
    }
    let isTold = kept.change != nil || unreadable != nil || isMended || isCut
    return isTold ? kept : nil
  }
}

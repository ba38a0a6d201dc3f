import Diagnostics
import JSONSchema
import Registry
import Rules
import SourceText

/// What the rules before a push can say of what is there after it: whatever both catalogues know.
///
/// A register that is new or kept in other files, and a field that the new schema names, are what the
/// rules were changed for; the rules of the push itself judge them.
struct OldRules {
  private let before: Rulebook
  private let now: Catalogue
  /// The fields that the new schemas name, by the names of registers.
  private let fields: [String: Set<String>]

  init(_ before: Rulebook, beside now: Rulebook) {
    self.before = before
    self.now = now.catalogue
    fields = Dictionary(
      now.catalogue.registers.map { ($0.name, now.namedFields(of: $0)) },
      uniquingKeysWith: { one, _ in one })
  }

  /// Whether a finding by the rules before is about what they know.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - text: What stands in its place.
  /// - Returns: Whether it is.
  func speaks(of finding: Diagnostic, at text: String?) -> Bool {
    guard let old = before.catalogue.registers.first(where: { $0.claims(finding.range.path) }),
      let new = now.register(named: old.name),
      new.shape == old.shape, new.idProperty == old.idProperty, new.templates == old.templates
    else { return false }
    guard finding.code == .unknownField, let text else { return true }
    let key = text.filter { $0 != "\"" && $0 != "'" }
    return fields[new.name]?.contains(key) != true
  }
}

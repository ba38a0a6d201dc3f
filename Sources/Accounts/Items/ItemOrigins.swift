import Comparison
package import Git
import History
package import Registry
import SourceText
package import Syntax

/// Which commit each field of an item, and each passage of a document, comes from.
package struct ItemOrigins {
  /// A part with where it comes from.
  package struct Part {
    /// The name of the field, or the number of the passage.
    package let name: String
    /// The commit that gave it what it has; `nil` where none is known.
    package let commit: Commit?
    /// Whether a shallow clone was cut off there: another may have given it.
    package let isCut: Bool
    /// What it has.
    package let value: Value
  }

  /// What a part has: a value of a record, or the begin of a passage.
  package enum Value {
    case field(Node)
    case passage(String)
  }

  package let catalogue: Catalogue
  package let id: String
  package let register: String
  /// The fields; `nil` where a clause alone is asked for.
  package private(set) var fields: [Part]?
  /// The passages; `nil` where there are none, or a field alone is asked for.
  package private(set) var passages: [Part]?
  /// Whether a shallow clone ends the history.
  package let isCut: Bool

  /// Looks for where an item comes from.
  ///
  /// - Parameters:
  ///   - name: The item, with a clause or a field behind a colon.
  ///   - past: Up to when.
  ///   - versions: Reads the version.
  /// - Throws: `Failure` where there is none; what reading throws.
  package init(of name: String, _ past: Past, _ versions: VersionReader) async throws {
    let named = ItemName(name)
    let found = try await past.item(named.item, versions)
    let (snapshot, register, record) = found
    (catalogue, id, self.register) = (snapshot.catalogue, record.id, register.name)
    if let part = named.part { try await versions.require(part, of: found, in: past.tree) }
    var life = ItemHistory(of: register, in: past.repository, by: snapshot.rulebook)
    let entries = try await life.entries(
      of: record.id, at: register.paths(of: record), upTo: past.tip)
    var blame: PassageBlame?
    if register.shape == .document {
      let formerPaths = entries.compactMap { entry in
        entry.change?.formerPath.map { (entry.commit.id, $0) }
      }
      blame = try PassageBlame(
        of: record.path, register.numbering, upTo: past.tip, in: past.repository,
        formerPaths: Dictionary(formerPaths, uniquingKeysWith: { one, _ in one }))
    }
    let cut = past.repository.cut
    isCut =
      entries.contains(where: \.isCut)
      || blame?.commits.contains { $0.map { cut.contains($0.id) } ?? false } == true
    if let number = named.part, register.shape == .document, record.node[number] == nil {
      let clause = try snapshot.clause(number, of: record, in: register)
      passages = blame.map { Self.parts(of: $0, in: clause.range, cut) }
    } else {
      fields = Self.parts(of: record, register, entries, cut)
        .filter { named.part == nil || $0.name == named.part }
      passages = named.part == nil ? blame.map { Self.parts(of: $0, in: nil, cut) } : nil
    }
  }

  private static func parts(
    of record: Record, _ register: Register, _ entries: [ItemHistory.Entry], _ cut: Set<ObjectID>
  ) -> [Part] {
    record.node.members.map { member in
      let name = member.key.text ?? ""
      let entry = entries.indices.first { position in
        gives(name, member.value, at: position, in: entries, register)
      }
      let commit = entry.map { entries[$0].commit }
      return Part(
        name: name, commit: commit, isCut: commit.map { cut.contains($0.id) } ?? false,
        value: .field(member.value))
    }
  }

  /// Whether a commit gave a field the value that it has now.
  private static func gives(
    _ name: String, _ value: Node, at position: Int, in entries: [ItemHistory.Entry],
    _ register: Register
  ) -> Bool {
    guard let change = entries[position].change, let record = change.new else { return false }
    // That the id is another one is told as such.
    if ["id", register.idProperty, "formerly"].contains(name) {
      if change.formerID != nil { return true }
    }
    guard record.node[name]?.isSame(as: value) == true else { return false }
    var before = change.old
    if change.kind == .added {
      // What came back is as old as what it was.
      before = entries[(position + 1)...].lazy.compactMap(\.change).first { $0.new == nil }?.old
    }
    return before?.node[name]?.isSame(as: value) != true
  }

  /// Returns the passages of a document, or of a stretch of it.
  private static func parts(
    of blame: PassageBlame, in range: Range<Int>?, _ cut: Set<ObjectID>
  ) -> [Part] {
    zip(blame.passages, blame.commits).compactMap { passage, commit in
      guard passage.kind != .head, range?.contains(passage.range.lowerBound) ?? true else {
        return nil
      }
      return Part(
        name: passage.number, commit: commit, isCut: commit.map { cut.contains($0.id) } ?? false,
        value: .passage(passage.summary))
    }
  }
}

import Comparison
import Diagnostics
import Registry
import Rules
import SourceText
import Syntax

/// Two trees with what says how each is read.
struct TreePair {
  let old: any SourceTree
  let new: any SourceTree
  let oldRulebook: Rulebook
  let newRulebook: Rulebook
  let jobs: Int

  /// The registers of both, those of the newer catalogue first.
  var registers: [Register] {
    newRulebook.catalogue.registers
      + oldRulebook.catalogue.registers.filter {
        newRulebook.catalogue.register(named: $0.name) == nil
      }
  }

  private func read(
    _ tree: any SourceTree, _ entries: [TreeEntry], _ rulebook: Rulebook, judges: Bool = true
  ) async throws -> Snapshot {
    var dropped = Report()
    return try await Snapshot.read(
      tree, entries, by: rulebook, jobs: jobs, judges: judges, into: &dropped)
  }

  /// Compares the records of files that differ.
  func comparison(of files: [TreeChange]) async throws -> RegisterComparison {
    let first = RegisterComparison(
      from: try await read(old, files.compactMap(\.old), oldRulebook),
      to: try await read(new, files.compactMap(\.new), newRulebook))
    // A record in a file that is not named as its id asks may be a second one of a file that did not
    // change.
    let paths = Set(files.map(\.path))
    var extra: Set<RepoPath> = []
    for record in first.records where record.kind == .added {
      guard let record = record.new,
        let register = registers.first(where: { $0.claims(record.path) }),
        let place = register.path(of: record.id, property: { record.text(of: $0) }),
        place != record.path, !paths.contains(place)
      else { continue }
      extra.insert(place)
    }
    guard !extra.isEmpty else { return first }
    func entries(_ tree: any SourceTree, _ own: [TreeEntry]) throws -> [TreeEntry] {
      (own + (try extra.compactMap { try tree.entry(at: $0) })).sorted { $0.path < $1.path }
    }
    return RegisterComparison(
      from: try await read(old, try entries(old, files.compactMap(\.old)), oldRulebook),
      to: try await read(new, try entries(new, files.compactMap(\.new)), newRulebook))
  }

  /// Returns the references that lead nowhere since records are gone.
  func dangling(_ comparison: RegisterComparison) async throws -> [RegisterComparison.Dangling] {
    let catalogue = newRulebook.catalogue
    let gone = comparison.goneIDs
    let positions = Set(
      catalogue.registers.indices.filter { gone[catalogue.registers[$0].name] != nil })
    // What is gone may be referred to from anywhere in the registers that refer to its own.
    let referring = Dependencies(of: newRulebook).referring(to: positions)
    guard !referring.isEmpty else { return [] }
    let registers = referring.union(positions).map { catalogue.registers[$0] }
    let entries = try new.entries(under: RepoPath(Catalogue.folder))
      .filter { entry in registers.contains { $0.claims(entry.path) } }
    return comparison.dangling(in: try await read(new, entries, newRulebook))
  }

  /// Returns the files among those that differ which cannot be read, with why and how much of them
  /// changed.
  func unreadable(
    _ comparison: RegisterComparison, among files: [TreeChange]
  ) throws -> [Changes.Unreadable] {
    let changed = Set(files.map(\.path))
    return comparison.unreadable.filter { changed.contains($0.path) }.map { file in
      func source(_ tree: any SourceTree) -> SourceFile? {
        (try? tree.bytes(of: file.path, limit: SyntaxLimits().bytes))
          .map { SourceFile(path: file.path, bytes: $0) }
      }
      let (one, two) = (source(old), source(new))
      let sides = [
        file.old.map { Self.reason($0, one) + (file.new == nil ? ", before" : "") },
        file.new.map { Self.reason($0, two) },
      ]
      let reasons = sides.compactMap(\.self)
      return Changes.Unreadable(
        file: file,
        reason: reasons.first == reasons.last
          ? reasons.last ?? "" : reasons.joined(separator: "; now "),
        lines: one.flatMap { one in two.map { Self.lines(from: one, to: $0) } })
    }
  }

  private static func reason(_ finding: Diagnostic, _ source: SourceFile?) -> String {
    let offset = finding.range.offsets.lowerBound
    guard let source, !finding.range.offsets.isEmpty || offset > 0 else {
      return "\(finding.code.rawValue): \(finding.message.text)"
    }
    let place = LineIndex(source).position(at: min(offset, source.bytes.count))
    return "\(finding.code.rawValue) at \(place.line):\(place.column): \(finding.message.text)"
  }

  /// Returns how many lines went and came between two files.
  private static func lines(
    from old: SourceFile, to new: SourceFile
  ) -> (removed: Int, added: Int) {
    func lines(_ file: SourceFile) -> [ArraySlice<UInt8>] {
      file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    }
    let (one, two) = (lines(old), lines(new))
    let common = Alignment.commonCount(one, two)
    return (one.count - common, two.count - common)
  }

  /// Returns what else differs: what is no record, and files that say the same in another layout.
  func others(_ comparison: RegisterComparison, among files: [TreeChange]) -> [OtherChange] {
    let changed = Set(files.map(\.path))
    var others = comparison.others.filter { changed.contains($0.path) }
    var told = Set(others.map(\.path)).union(comparison.unreadable.map(\.path))
    for record in comparison.records {
      told.formUnion([record.old?.path, record.new?.path].compactMap(\.self))
    }
    for document in comparison.documents {
      told.formUnion([document.old?.path, document.new?.path].compactMap(\.self))
    }
    for file in files where !told.contains(file.path) {
      let kind: OtherChange.Kind =
        file.old == nil || file.new == nil ? .empty : isMode(file) ? .mode : .layout
      others.append(OtherChange(path: file.path, kind: kind))
    }
    return others.sorted { $0.path < $1.path }
  }

  /// Whether the bytes of a file are the same in both versions, so that only its mode differs.
  private func isMode(_ file: TreeChange) -> Bool {
    if let one = file.old?.object, let two = file.new?.object { return one == two }
    let limit = SyntaxLimits().bytes
    guard let one = try? old.bytes(of: file.path, limit: limit) else { return false }
    return one == (try? new.bytes(of: file.path, limit: limit))
  }

  // MARK: Consequences

  /// Adds how the places of records in their register's order changed, where the order depends on
  /// more than ids.
  func withPositions(
    _ changes: [RecordChange], _ register: Register
  ) async throws -> [RecordChange] {
    let keys = Set(register.order.map(\.property)).subtracting(["id", register.idProperty])
    let isMoved = changes.contains { change in
      change.kind == .changed && change.fields.contains { keys.contains($0.path) }
    }
    guard isMoved, let earlier = oldRulebook.catalogue.register(named: register.name),
      let later = newRulebook.catalogue.register(named: register.name)
    else { return changes }
    let was = try await positions(old, earlier, oldRulebook)
    let now = try await positions(new, later, newRulebook)
    return changes.map { change in
      guard let record = change.old, let place = was[record.id], let next = now[change.id],
        place != next, change.kind == .changed
      else { return change }
      var change = change
      change.consequences.append(
        .init(name: "position in the register", old: String(place), new: String(next)))
      return change
    }
  }

  private func positions(
    _ tree: any SourceTree, _ register: Register, _ rulebook: Rulebook
  ) async throws -> [String: Int] {
    let entries = try tree.entries(under: RepoPath(Catalogue.folder))
      .filter { register.claims($0.path) }
    let records = try await read(tree, entries, rulebook, judges: false).records(of: register)
    return Dictionary(
      records.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { one, _ in one })
  }
}

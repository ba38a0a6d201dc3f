package import Diagnostics
package import Registry
package import SourceText
import Syntax

/// What a step from one version to another did to the findings: those that a check of the new version
/// has and one of the old version has not, and those about the step itself.
///
/// Only what changed is read, what refers to it, and what rules ask for; from a version without
/// findings that gives the same findings as a check of everything does.
package struct Increment {
  /// The records that were read of the new version; `nil` where its catalogue cannot be read.
  package var current: RecordIndex?
  /// The records that were read of the old version.
  package let previous: RecordIndex?
  /// What is wrong with the new version by itself, and was not with the old one.
  package var state: Report
  /// What is wrong with the step.
  package var step = Report()

  package init(
    current: RecordIndex?, previous: RecordIndex?, state: Report, step: Report = Report()
  ) {
    self.current = current
    self.previous = previous
    self.state = state
    self.step = step
  }

  /// All that is wrong.
  package var found: Report {
    var found = state
    found.merge(step)
    found.tellUnjudgedOnce()
    return found
  }

  /// Checks a step.
  ///
  /// - Parameters:
  ///   - old: The version before.
  ///   - new: The version to judge.
  ///   - changes: Every file below `registers/` and `schema/` that differs between them.
  ///   - known: The rulebook of the old version, where it was read before.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - stride: What lies between the two versions.
  ///   - history: Returns what is known of the ids of new records, of records that are gone.
  /// - Returns: What was read and found.
  /// - Throws: `SourceTreeError` where a tree cannot be read, and what `history` throws.
  package static func check(
    from old: any SourceTree, to new: any SourceTree, _ changes: [TreeChange],
    reusing known: Rulebook? = nil, jobs: Int, stride: Stride = .step,
    history: (NewRecords, Rulebook) async throws -> [FormerUse: FormerRecord] = { _, _ in [:] }
  ) async throws -> Increment {
    var found = Report()
    var before = Report()
    let isRuled = changes.contains { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }
    let rulebook =
      isRuled || known == nil ? try Rulebook.read(new, reviews: isRuled, into: &found) : known
    let oldRulebook = isRuled ? try Rulebook.read(old, reviews: true, into: &before) : rulebook
    // What schemas and catalogue are accused of stands in both versions.
    if !isRuled { found = Report() }
    let records = changes.filter { $0.path.string.hasPrefix(Catalogue.folder + "/") }
    guard let rulebook else {
      if let first = records.first, !found.hasErrors {
        found.add(.unjudged(at: first.path, by: "the catalogue", nil))
      }
      return Increment(current: nil, previous: nil, state: found)
    }
    var pair = Pair(old: old, new: new, jobs: jobs)
    if isRuled || oldRulebook == nil {
      try await pair.readAll(oldRulebook, rulebook, &before, &found)
    } else {
      try await pair.read(changes, rulebook, &before, &found)
    }
    guard let current = pair.current else {
      return Increment(current: nil, previous: nil, state: Report())
    }
    var formerUses: [FormerUse: FormerRecord] = [:]
    if let previous = pair.previous {
      let new = NewRecords(of: current, since: previous)
      if !new.records.isEmpty { formerUses = try await history(new, rulebook) }
    }
    // Both versions have the same schemas, unless those are what changed.
    var dropped = Report()
    let expressions = isRuled ? nil : SchemaExpressions.all(in: rulebook.schemas, into: &dropped)
    let inspection = Inspection(
      of: current, against: pair.previous, stride: stride, formerUses: formerUses,
      expressions: expressions, into: &found)
    let checked = Rule.check(inspection)
    found.merge(checked.state)
    Rule.tidy(&found, after: inspection)
    // What is clean needs no comparison with what was wrong before.
    if !found.isEmpty, let previous = pair.previous {
      let inspection = Inspection(of: previous, expressions: expressions, into: &before)
      before.merge(Rule.check(inspection).state)
      Rule.tidy(&before, after: inspection)
    }
    var state = found.without(before, current, pair.previous)
    for finding in rulebook.unjudged(records.compactMap(\.new?.path), besides: state) {
      state.add(finding)
    }
    return Increment(
      current: current, previous: pair.previous, state: state, step: checked.step)
  }
}

extension Increment {
  /// Checks a step to a version of which every record was read.
  ///
  /// - Parameters:
  ///   - old: The version before.
  ///   - current: The records of the version to judge.
  ///   - changes: Every file below `registers/` and `schema/` that differs between them.
  ///   - jobs: The largest number of tasks at work at once.
  ///   - stride: What lies between the two versions.
  ///   - history: Returns what is known of the ids of new records, of records that are gone.
  /// - Returns: What is wrong with the version by its rules, and with the step; `nil` where nothing
  ///   changed or the version before cannot be read.
  /// - Throws: `SourceTreeError` where a tree cannot be read, and what `history` throws.
  package static func step(
    from old: any SourceTree, to current: RecordIndex, _ changes: [TreeChange], jobs: Int,
    stride: Stride = .step,
    history: (NewRecords, Rulebook) async throws -> [FormerUse: FormerRecord] = { _, _ in [:] }
  ) async throws -> Increment? {
    guard !changes.isEmpty else { return nil }
    var dropped = Report()
    let before: Snapshot?
    if changes.contains(where: { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }) {
      before = try await Snapshot.read(old, jobs: jobs, into: &dropped)
    } else {
      let read = try await Snapshot.read(
        old, changes.compactMap(\.old).filter { $0.path.string.hasPrefix(Catalogue.folder + "/") },
        by: current.snapshot.rulebook, jobs: jobs, into: &dropped)
      before = current.snapshot.replacing(Set(changes.map(\.path)), with: read)
    }
    guard let before else { return nil }
    let previous = RecordIndex(of: before)
    let new = NewRecords(of: current, since: previous)
    let uses = new.records.isEmpty ? [:] : try await history(new, current.snapshot.rulebook)
    var state = Report()
    let inspection = Inspection(
      of: current, against: previous, stride: stride, formerUses: uses, into: &state)
    let found = Rule.check(inspection)
    state.merge(found.state)
    return Increment(current: current, previous: previous, state: state, step: found.step)
  }
}

/// Two versions as far as they are read.
private struct Pair {
  let old: any SourceTree
  let new: any SourceTree
  let jobs: Int
  var current: RecordIndex?
  var previous: RecordIndex?

  mutating func readAll(
    _ oldRulebook: Rulebook?, _ rulebook: Rulebook, _ before: inout Report, _ found: inout Report
  ) async throws(SourceTreeError) {
    let folder = RepoPath(Catalogue.folder)
    current = RecordIndex(
      of: try await Snapshot.read(
        new, try new.entries(under: folder), by: rulebook, jobs: jobs, into: &found))
    guard let oldRulebook else { return }
    previous = RecordIndex(
      of: try await Snapshot.read(
        old, try old.entries(under: folder), by: oldRulebook, jobs: jobs, into: &before))
  }

  mutating func read(
    _ changes: [TreeChange], _ rulebook: Rulebook, _ before: inout Report, _ found: inout Report
  ) async throws(SourceTreeError) {
    let folder = RepoPath(Catalogue.folder)
    let catalogue = rulebook.catalogue
    let changes = changes.filter { change in folder.map { change.path.isInside($0) } ?? false }
    let dependencies = Dependencies(of: rulebook)
    // What changed, to see which ids went and where references lead.
    var dropped = Report()
    let first = try await Snapshot.read(
      new, changes.compactMap(\.new), by: rulebook, jobs: 1, into: &dropped)
    let firstOld = try await Snapshot.read(
      old, changes.compactMap(\.old), by: rulebook, jobs: 1, into: &dropped)
    var touched: Set<Int> = []
    var owners = RegisterPaths(of: catalogue)
    for change in changes { touched.formUnion(owners.positions(claiming: change.path)) }
    let gone = Self.registersWithout(first, of: firstOld)
    var started = dependencies.naming(gone)
    if let waivers = catalogue.registers.firstIndex(where: { $0.name == Waivers.register }) {
      started.insert(waivers)
    }
    var wholes = dependencies.wholes(touched: touched, and: started)
    // A table or a list is one file: to know one of its ids is to read it.
    let read = touched.filter { catalogue.registers[$0].fixedPaths != nil }
    wholes = dependencies.wholes(touched: touched, and: wholes.union(read))
    for reference in first.references + firstOld.references {
      for name in reference.registers {
        guard let target = catalogue.registers.firstIndex(where: { $0.name == name }),
          catalogue.registers[target].fixedPaths != nil
        else { continue }
        wholes = dependencies.wholes(touched: touched, and: wholes.union([target]))
      }
    }
    let named = RegisterRule.idsNamed(in: first)
    for target in Set(RegisterRule.idsMeant(in: first).keys).union(named.keys)
    where catalogue.registers[target].fixedPaths != nil {
      wholes = dependencies.wholes(touched: touched, and: wholes.union([target]))
    }
    // A name that no record has may be one that a record had.
    let there = try named.isEmpty ? [:] : known(first, wholes, in: new)
    for (target, names) in named where !names.isSubset(of: there[target] ?? []) {
      wholes = dependencies.wholes(touched: touched, and: wholes.union([target]))
    }
    var extra: Set<RepoPath> = []
    for file in first.files {
      for record in file.records {
        let register = catalogue.registers[file.register]
        guard let place = register.path(of: record.id, property: { record.text(of: $0) }) else {
          continue
        }
        if place != file.path { extra.insert(place) }
      }
    }
    let paths = Set(changes.map(\.path)).union(extra)
    let currentFiles = try await Snapshot.read(
      new, try entries(of: new, paths, wholes, catalogue), by: rulebook, jobs: jobs, into: &found)
    let previousFiles = try await Snapshot.read(
      old, try entries(of: old, paths, wholes, catalogue), by: rulebook, jobs: jobs, into: &before)
    current = RecordIndex(
      of: currentFiles, known: try known(currentFiles, wholes, in: new), wholes: wholes)
    previous = RecordIndex(
      of: previousFiles, known: try known(previousFiles, wholes, in: old), wholes: wholes,
      peopled: try peopled(currentFiles, previousFiles, wholes))
    let names = AddedNames(of: changes.filter { $0.old == nil }.map(\.path))
    guard !names.isEmpty else { return }
    let beside = try names.neighbours(in: new)
    current?.neighbours = beside
    // What was beside them before is there now, or was removed: no need to look through all names again.
    let removed = changes.filter { $0.new == nil }
    let folders = Set(removed.compactMap(\.path.folder)).map { TreeEntry(path: $0, kind: .folder) }
    let besideOld = (removed.compactMap(\.old) + folders).filter(names.lookLike).map(\.path)
    previous?.neighbours = Set(beside).subtracting(names.added).union(besideOld).sorted()
  }

  /// Returns the registers that have records now, and had records that were not read.
  private func peopled(
    _ current: Snapshot, _ previous: Snapshot, _ wholes: Set<Int>
  ) throws(SourceTreeError) -> Set<Int> {
    let asked = Set(current.files.map(\.register)).subtracting(previous.files.map(\.register))
    var peopled: Set<Int> = []
    for position in asked.subtracting(wholes) {
      let register = current.catalogue.registers[position]
      if try old.hasFile(under: RepoPath(Catalogue.folder), where: register.claims) {
        peopled.insert(position)
      }
    }
    return peopled
  }

  /// Returns the registers that had ids among the old records which are not among the new ones.
  private static func registersWithout(_ new: Snapshot, of old: Snapshot) -> Set<Int> {
    var ids: [Int: Set<String>] = [:]
    for file in old.files { ids[file.register, default: []].formUnion(file.records.map(\.id)) }
    for file in new.files { ids[file.register]?.subtract(file.records.map(\.id)) }
    return Set(ids.filter { !$0.value.isEmpty }.keys)
  }

  private func entries(
    of tree: any SourceTree, _ paths: Set<RepoPath>, _ wholes: Set<Int>, _ catalogue: Catalogue
  ) throws(SourceTreeError) -> [TreeEntry] {
    var paths = paths
    var scattered: [Register] = []
    for position in wholes {
      let register = catalogue.registers[position]
      if let fixed = register.fixedPaths {
        paths.formUnion(fixed)
      } else {
        scattered.append(register)
      }
    }
    var entries: [RepoPath: TreeEntry] = [:]
    for path in paths {
      if let entry = try tree.entry(at: path) { entries[path] = entry }
      // A folder may stand where a file belongs.
      var parent = path.folder
      while let folder = parent, folder.string != Catalogue.folder, entries[folder] == nil {
        if let entry = try tree.entry(at: folder) { entries[folder] = entry }
        parent = folder.folder
      }
    }
    if !scattered.isEmpty {
      for entry in try tree.entries(under: RepoPath(Catalogue.folder))
      where scattered.contains(where: { $0.claims(entry.path) }) {
        entries[entry.path] = entry
      }
    }
    return entries.values.sorted { $0.path < $1.path }
  }

  /// Returns which of the ids that references name and texts mean exist in registers that were not read whole.
  private func known(
    _ snapshot: Snapshot, _ wholes: Set<Int>, in tree: any SourceTree
  ) throws(SourceTreeError) -> [Int: Set<String>] {
    let catalogue = snapshot.catalogue
    var known: [Int: Set<String>] = [:]
    var listed: [Int: Set<String>] = [:]
    for reference in snapshot.references {
      for name in reference.registers {
        guard let target = catalogue.registers.firstIndex(where: { $0.name == name }),
          !wholes.contains(target)
        else { continue }
        let register = catalogue.registers[target]
        for id in [reference.id, register.regularForm(of: reference.id)].compactMap(\.self) {
          let isThere = try exists(id, target, register, tree, &listed)
          known[target, default: []].formUnion(isThere ? [id] : [])
        }
      }
    }
    // Whether a table or a list has an id is known of those that were read; of others both versions say the same.
    let named = RegisterRule.idsNamed(in: snapshot)
      .filter { catalogue.registers[$0.key].fixedPaths == nil }
    let meant = RegisterRule.idsMeant(in: snapshot).merging(named) { $0.union($1) }
    for (target, ids) in meant where !wholes.contains(target) {
      for id in ids {
        let isThere = try exists(id, target, catalogue.registers[target], tree, &listed)
        known[target, default: []].formUnion(isThere ? [id] : [])
      }
    }
    return known
  }

  private func exists(
    _ id: String, _ position: Int, _ register: Register, _ tree: any SourceTree,
    _ listed: inout [Int: Set<String>]
  ) throws(SourceTreeError) -> Bool {
    let own: Set = ["id", register.idProperty]
    guard register.templates.allSatisfy({ own.isSuperset(of: $0.properties) }) else {
      // The path needs more than the id: the names of all files tell.
      if listed[position] == nil {
        let paths = try tree.entries(under: RepoPath(Catalogue.folder)).map(\.path)
        listed[position] = Set(paths.compactMap { register.id(at: $0) })
      }
      return listed[position]?.contains(id) ?? false
    }
    guard let path = register.path(of: id, property: { _ in nil }) else { return false }
    return try tree.entry(at: path)?.kind == .file
  }
}

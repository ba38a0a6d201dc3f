import Comparison
import Registry
import SourceText

/// What of two versions is asked for: registers, items, files and folders; everything where nothing is
/// named.
struct ChangeFilter {
  private let names: [String]
  /// The same names as paths of the repository.
  private let paths: [RepoPath]

  /// - Parameters:
  ///   - names: What the user wrote.
  ///   - place: Where the versions are.
  ///   - folder: Where paths count from.
  init(_ names: [String], in place: Workplace, from folder: String) {
    self.names = names
    paths = names.compactMap { try? place.path($0, from: folder) }
  }

  var isEverything: Bool { names.isEmpty }

  /// Returns the files that must be read to tell what is asked for.
  ///
  /// An item costs its own files; where its file is on one side alone, what came and went in its register
  /// with it is read too, for it may have another id or another place now.
  func files(among changes: [TreeChange], _ old: Catalogue, _ new: Catalogue) -> [TreeChange] {
    guard !isEverything else { return changes }
    let registers = new.registers + old.registers.filter { new.register(named: $0.name) == nil }
    var (wanted, moving) = (Set<RepoPath>(), Set<String>())
    let named = Dictionary(
      (old.registers + new.registers).map { ($0.name, ids(in: $0)) }, uniquingKeysWith: { $0 + $1 })
    for change in changes {
      if paths.contains(where: { change.path.isInside($0) }) { wanted.insert(change.path) }
      for register in registers {
        let before = old.register(named: register.name)
        let isClaimed =
          register.claims(change.path) || before.map { $0.claims(change.path) } ?? false
        guard isClaimed else { continue }
        if names.contains(register.name) {
          wanted.insert(change.path)
        } else if [register, before].contains(where: {
          holds(change.path, $0, named[register.name] ?? [])
        }) {
          wanted.insert(change.path)
          if change.old == nil || change.new == nil { moving.insert(register.name) }
        }
      }
    }
    return changes.filter { change in
      if wanted.contains(change.path) { return true }
      guard change.old == nil || change.new == nil else { return false }
      return registers.contains { register in
        moving.contains(register.name)
          && [register, old.register(named: register.name)].contains {
            $0?.claims(change.path) == true
          }
      }
    }
  }

  /// Whether a file of a register may hold an item that is named; a file of many records may hold any.
  private func holds(_ path: RepoPath, _ register: Register?, _ ids: [String]) -> Bool {
    guard let register else { return false }
    return register.fixedPaths?.contains(path) ?? false || isNamed(path, register, ids)
  }

  /// The ids that are named, as a register writes them.
  private func ids(in register: Register) -> [String] {
    names.flatMap { name in
      let own = Self.item(name, in: register.name)
      return [own] + [register.regularForm(of: own)].compactMap(\.self)
    }
  }

  /// Whether the path of a file says that it holds an item that is named, or does not say what it holds.
  private func isNamed(_ path: RepoPath, _ register: Register, _ named: [String]) -> Bool {
    for template in register.templates {
      guard let values = template.values(in: path, below: Catalogue.folder),
        !template.properties.isEmpty
      else { continue }
      guard let ids = values["id"] ?? values[register.idProperty] else { return true }
      return ids.contains(where: named.contains)
    }
    return false
  }

  /// Returns the id in `register/id`.
  private static func item(_ name: String, in register: String) -> String {
    name.hasPrefix(register + "/") ? String(name.dropFirst(register.utf8.count + 1)) : name
  }

  /// Whether a file is asked for, whatever it holds; one of which nobody knows what it holds may be.
  func includes(_ path: RepoPath, of register: Register?, isUnknown: Bool = false) -> Bool {
    if isEverything || paths.contains(where: { path.isInside($0) }) { return true }
    guard let register else { return false }
    return names.contains(register.name)
      || (isUnknown
        ? holds(path, register, ids(in: register)) : isNamed(path, register, ids(in: register)))
  }

  /// Whether a record is asked for.
  func includes(_ old: Record?, _ new: Record?, in register: Register) -> Bool {
    guard !isEverything else { return true }
    if names.contains(register.name) { return true }
    let records = [old, new].compactMap(\.self)
    return records.contains { record in
      paths.contains { record.path.isInside($0) }
        || names.contains { name in
          let item = Self.item(name, in: register.name)
          return item == record.id || register.regularForm(of: item) == record.id
        }
    }
  }
}

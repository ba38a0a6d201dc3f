import Diagnostics
package import SourceText

/// What a person's words can name in one or several versions: registers, items with what stands behind
/// their colon, files and folders.
///
/// A word that names nothing is an error of whoever wrote it, never an empty answer: `diff` of a
/// mistyped id would else show that nothing changed.
package struct Vocabulary {
  /// What a word names.
  package enum Meaning: Hashable, Sendable {
    case register(String)
    /// A record, the file that holds it, and what stood behind a colon: a clause or a field.
    case item(register: String, id: String, path: RepoPath, part: String?)
    /// A file or a folder.
    case place(RepoPath)
  }

  private let trees: [any SourceTree]
  /// Those that have a catalogue.
  private let versions: [(tree: any SourceTree, rulebook: Rulebook)]
  private let jobs: Int
  /// All records of each version, once somebody had to ask for them.
  private var wholes: [Int: Snapshot] = [:]

  /// Prepares looking words up.
  ///
  /// - Parameters:
  ///   - trees: The versions; one without a catalogue has files and folders alone.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `SourceTreeError` where a version cannot be read.
  package init(of trees: [any SourceTree], jobs: Int) throws(SourceTreeError) {
    var versions: [(tree: any SourceTree, rulebook: Rulebook)] = []
    for tree in trees {
      var dropped = Report()
      if let rulebook = try Rulebook.read(tree, into: &dropped) {
        versions.append((tree, rulebook))
      }
    }
    self.versions = versions
    self.jobs = jobs
    self.trees = trees
  }

  /// Returns all that a word names; nothing where it names nothing.
  ///
  /// - Parameters:
  ///   - word: What was written.
  ///   - path: The path that the word would be, where it can be one.
  /// - Returns: The meanings, each once.
  /// - Throws: `SourceTreeError` where a version cannot be read.
  package mutating func meanings(
    of word: String, path: RepoPath?
  ) async throws(SourceTreeError) -> [Meaning] {
    var meanings: [Meaning] = []
    func add(_ meaning: Meaning) {
      if !meanings.contains(meaning) { meanings.append(meaning) }
    }
    for version in versions where version.rulebook.catalogue.register(named: word) != nil {
      add(.register(word))
    }
    if let path, try exists(path) { add(.place(path)) }
    guard meanings.isEmpty else { return meanings }
    for (name, part) in Self.readings(of: word) {
      for item in try await items(named: name) {
        add(.item(register: item.register, id: item.id, path: item.path, part: part))
      }
      if !meanings.isEmpty { break }
    }
    return meanings
  }

  /// Whether a word has the form of a baseline's name.
  package func isNameOfBaseline(_ word: String) -> Bool {
    versions.contains { $0.rulebook.catalogue.kinds.contains { $0.value(in: word) != nil } }
  }

  /// Returns the word that somebody most likely meant, or `nil` where none is near.
  ///
  /// - Parameters:
  ///   - word: What names nothing.
  ///   - others: Words that only the caller knows, such as tags; they come first.
  /// - Returns: The nearest of them, of the registers, the ids and the files.
  /// - Throws: `SourceTreeError` where a version cannot be read.
  package mutating func suggestion(
    for word: String, among others: [String]
  ) async throws(SourceTreeError) -> String? {
    var known = others + versions.flatMap { $0.rulebook.catalogue.registers.map(\.name) }
    for position in versions.indices {
      let snapshot = try await whole(position)
      known += snapshot.files.flatMap { $0.records.map(\.id) }
      let paths = snapshot.files.map(\.path)
      var folders: Set<RepoPath> = []
      for path in paths {
        var folder = path.folder
        while let here = folder, folders.insert(here).inserted { folder = here.folder }
      }
      known += paths.map(\.string) + folders.sorted().map(\.string)
    }
    return nearest(to: word, among: known)
  }

  /// The ways to split a word into an item and what stands behind its colon.
  private static func readings(of word: String) -> [(name: String, part: String?)] {
    guard let colon = word.firstIndex(of: ":") else { return [(word, nil)] }
    return [(word, nil), (String(word[..<colon]), String(word[word.index(after: colon)...]))]
  }

  private func exists(_ path: RepoPath) throws(SourceTreeError) -> Bool {
    for tree in trees {
      if try tree.entry(at: path) != nil { return true }
      // Git keeps no folders: one is there where something is in it.
      if try !tree.entries(under: path).isEmpty { return true }
    }
    return false
  }

  private typealias Item = (register: String, id: String, path: RepoPath)

  /// Returns the records of an id; first by their paths, and only then by reading.
  private mutating func items(named name: String) async throws(SourceTreeError) -> [Item] {
    var found: [Item] = []
    for version in versions {
      for register in version.rulebook.catalogue.registers {
        for id in Self.ids(name, in: register) {
          guard let path = register.path(of: id, property: { _ in nil }),
            register.shape == .record || register.shape == .document,
            try version.tree.entry(at: path)?.kind == .file
          else { continue }
          found.append((register.name, id, path))
        }
      }
    }
    if !found.isEmpty { return found }
    for position in versions.indices {
      let snapshot = try await whole(position)
      for file in snapshot.files {
        let register = snapshot.catalogue.registers[file.register]
        let ids = Self.ids(name, in: register)
        for record in file.records where ids.contains(record.id) {
          found.append((register.name, record.id, file.path))
        }
      }
    }
    return found
  }

  /// Returns the ids that a name may stand for in a register: itself and its regular form, with the
  /// register's name before it or not.
  private static func ids(_ name: String, in register: Register) -> [String] {
    let prefix = register.name + "/"
    let names = name.hasPrefix(prefix) ? [name, String(name.dropFirst(prefix.count))] : [name]
    return names + names.compactMap { register.regularForm(of: $0) }
  }

  private mutating func whole(_ position: Int) async throws(SourceTreeError) -> Snapshot {
    if let known = wholes[position] { return known }
    let version = versions[position]
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      version.tree, try version.tree.entries(under: RepoPath(Catalogue.folder)),
      by: version.rulebook, jobs: jobs, judges: false, into: &dropped)
    wholes[position] = snapshot
    return snapshot
  }
}

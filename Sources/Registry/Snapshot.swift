package import Diagnostics
package import SourceText
package import Syntax

/// The registers of one moment, read and checked record by record.
package struct Snapshot: Sendable {
  /// What was read: `the work tree`, `the index`, `commit 1a2b3c4`.
  package let title: String
  /// The catalogue and the schemas that the records were checked by.
  package let rulebook: Rulebook
  /// Every register file in the order of paths.
  package let files: [RegisterFile]
  /// What stands below `registers/` and belongs to no register, in the order of paths.
  package let strays: [RepoPath]
  /// Where strays belong, as far as that is plain.
  package let strayPlaces: [RepoPath: StrayPlace]
  /// Why files cannot be read, by their paths; what stands where a file belongs and is none with them.
  package let faults: [RepoPath: Diagnostic]

  package var catalogue: Catalogue { rulebook.catalogue }

  /// Returns the text of a file that findings may point into.
  package func source(at path: RepoPath) -> SourceFile? {
    rulebook.sources[path] ?? file(at: path)?.source
  }

  /// Whether an error was found in a value while it was read and held against its schema.
  package func hasFault(in node: Node) -> Bool {
    file(at: node.tree.file.path)?.hasFault(in: node) ?? false
  }

  /// Returns the register file at a path.
  package func file(at path: RepoPath) -> RegisterFile? {
    let position = position(of: path)
    return position < files.count && files[position].path == path ? files[position] : nil
  }

  /// Returns where a file stands among the others, or would stand.
  private func position(of path: RepoPath) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many records there are.
  package var recordCount: Int { files.indices.reduce(0) { $0 + files[$1].records.count } }

  /// Returns the records of a register in the catalogue's order.
  package func records(of register: Register) -> [Record] {
    guard let position = catalogue.registers.firstIndex(where: { $0.name == register.name }) else {
      return []
    }
    let records = files.lazy.filter { $0.register == position }.flatMap(\.records)
    return register.ordered(Array(records))
  }

  /// Returns the snapshot as it would be with other files in some places.
  ///
  /// - Parameters:
  ///   - paths: The places.
  ///   - other: What stands there instead; nothing in a place that it has no file for.
  /// - Returns: The snapshot, which shares all other files with this one.
  package func replacing(_ paths: Set<RepoPath>, with other: Snapshot) -> Snapshot {
    let files = files.filter { !paths.contains($0.path) } + other.files
    return Snapshot(
      title: other.title, rulebook: rulebook, files: files.sorted { $0.path < $1.path },
      strays: strays, strayPlaces: strayPlaces,
      faults: faults.filter { !paths.contains($0.key) }.merging(other.faults) { one, _ in one })
  }

  /// Returns the snapshot as it would be with another file in the place of one.
  ///
  /// - Parameters:
  ///   - path: The place.
  ///   - file: What stands there instead; `nil` for nothing.
  /// - Returns: The snapshot, which shares all other files with this one.
  package func replacing(_ path: RepoPath, with file: RegisterFile?) -> Snapshot {
    var files = files
    let position = position(of: path)
    let isThere = position < files.endIndex && files[position].path == path
    files.replaceSubrange(
      position..<(position + (isThere ? 1 : 0)), with: [file].compactMap(\.self))
    var faults = faults
    faults[path] = file?.fault
    return Snapshot(
      title: title, rulebook: rulebook, files: files, strays: strays, strayPlaces: strayPlaces,
      faults: faults)
  }

  private init(
    title: String, rulebook: Rulebook, files: [RegisterFile], strays: [RepoPath],
    strayPlaces: [RepoPath: StrayPlace], faults: [RepoPath: Diagnostic]
  ) {
    self.title = title
    self.rulebook = rulebook
    self.files = files
    self.strays = strays
    self.strayPlaces = strayPlaces
    self.faults = faults
  }

  init(
    title: String, rulebook: Rulebook, files: [RegisterFile], _ plan: ReadingPlan,
    _ strayPlaces: [RepoPath: StrayPlace]
  ) {
    self.strayPlaces = strayPlaces
    self.title = title
    self.rulebook = rulebook
    self.files = files
    strays = plan.strays
    var faults = Dictionary(
      plan.misplaced.map { ($0.range.path, $0) }, uniquingKeysWith: { one, _ in one })
    for file in files { if let fault = file.fault { faults[file.path] = fault } }
    self.faults = faults
  }
}

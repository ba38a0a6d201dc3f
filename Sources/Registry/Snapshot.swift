package import SourceText
package import Syntax

/// The registers of one moment, read and checked record by record.
package struct Snapshot: Sendable {
  /// What was read: `the work tree`, `the index`, `commit 1a2b3c4`.
  package let title: String
  package let catalogue: Catalogue
  /// Every register file in the order of paths.
  package let files: [RegisterFile]
  /// What stands below `registers/` and belongs to no register, in the order of paths.
  package let strays: [RepoPath]
  /// The schemas that the registers use, in the order of paths.
  package let schemas: [SyntaxTree]
  /// The catalogue and the schemas, to show lines of them.
  private let schemaSources: [RepoPath: SourceFile]

  /// Returns the text of a file that findings may point into.
  package func source(at path: RepoPath) -> SourceFile? {
    if let schema = schemaSources[path] { return schema }
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? files[low].source : nil
  }

  /// How many records there are.
  package var recordCount: Int { files.reduce(0) { $0 + $1.records.count } }

  /// Returns the records of a register in the catalogue's order.
  package func records(of register: Register) -> [Record] {
    guard let position = catalogue.registers.firstIndex(where: { $0.name == register.name }) else {
      return []
    }
    let records = files.lazy.filter { $0.register == position }.flatMap(\.records)
    return register.ordered(Array(records))
  }

  init(
    title: String, catalogue: Catalogue, files: [RegisterFile], strays: [RepoPath],
    schemas: [SyntaxTree], schemaSources: [RepoPath: SourceFile]
  ) {
    self.title = title
    self.catalogue = catalogue
    self.files = files
    self.strays = strays
    self.schemas = schemas
    self.schemaSources = schemaSources
  }
}

/// How much of a file a parser takes before it gives up with a clear error.
///
/// Files are hostile until checked, in a server hook above all; each bound is far above what people
/// write and low enough that the worst file ends in a moment.
package struct SyntaxLimits: Hashable, Sendable {
  /// The largest file in bytes.
  package var bytes: Int
  /// The deepest nesting of arrays and objects.
  package var depth: Int
  /// The largest number of nodes in one file, those that aliases stand for included.
  package var nodes: Int
  /// The largest number of nodes that the aliases of one file may stand for.
  package var aliasNodes: Int

  /// The largest number of columns of a table: as many as a spreadsheet has.
  package var columns: Int
  /// The largest number of columns of a table in a document: cmark-gfm takes a time for each row that grows
  /// with their square.
  package var documentColumns: Int

  /// Whether hidden characters are findings, as they are where a file is judged and not only read.
  package var tellsHidden: Bool

  package init(
    bytes: Int = 16 << 20, depth: Int = 128, nodes: Int = 4_000_000, aliasNodes: Int = 100_000,
    columns: Int = 16_384, documentColumns: Int = 256, tellsHidden: Bool = false
  ) {
    self.columns = columns
    self.documentColumns = documentColumns
    self.tellsHidden = tellsHidden
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.aliasNodes = aliasNodes
  }
}

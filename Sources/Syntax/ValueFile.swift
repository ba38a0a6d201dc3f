package import Diagnostics
package import SourceText

/// Reads a file that holds one value, by the syntax that its name says.
package enum ValueFile {
  /// Reads a file: JSON where its name ends with `.json`, YAML otherwise.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - limits: How much to take.
  ///   - report: Where findings go.
  /// - Returns: The tree, or `nil` where there is none to use; the report then says why.
  package static func tree(
    of file: SourceFile, limits: SyntaxLimits = .init(), into report: inout Report
  ) -> SyntaxTree? {
    file.path.string.hasSuffix(".json")
      ? JSONReader.tree(of: file, limits: limits, into: &report)
      : YAMLReader.tree(of: file, limits: limits, into: &report)
  }
}

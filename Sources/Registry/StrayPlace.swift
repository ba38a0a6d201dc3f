import Diagnostics
import Patterns
package import SourceText
import Syntax

/// Where a file belongs that no register claims.
package enum StrayPlace: Hashable, Sendable {
  /// Nothing stands there.
  case free(RepoPath)
  /// Another file stands there.
  case taken(RepoPath)

  /// The most files that are looked into.
  private static let most = 50

  /// Finds the places of files that say themselves which record they are, or have the wrong ending only.
  ///
  /// - Parameters:
  ///   - strays: The files.
  ///   - tree: What they stand in.
  ///   - catalogue: The registers there are.
  /// - Returns: The places; a file whose place is not plain has none.
  static func places(
    of strays: [RepoPath], in tree: any SourceTree, _ catalogue: Catalogue
  ) -> [RepoPath: StrayPlace] {
    var places: [RepoPath: StrayPlace] = [:]
    for path in strays.lazy.filter({ LeftoverFile.origin(of: String($0.name)) == nil })
      .prefix(most)
    {
      guard let place = place(said: path, tree, catalogue) ?? place(named: path, catalogue),
        place != path
      else { continue }
      do throws(SourceTreeError) {
        places[path] = try tree.entry(at: place) == nil ? .free(place) : .taken(place)
      } catch {
        continue
      }
    }
    return places
  }

  /// Returns the path that the id and the other properties in a file lead to.
  private static func place(
    said path: RepoPath, _ tree: any SourceTree, _ catalogue: Catalogue
  ) -> RepoPath? {
    let name = path.name.lowercased()
    let isDocument = name.hasSuffix(".md") || name.hasSuffix(".markdown")
    guard isDocument || name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
      let bytes = try? tree.bytes(of: path, limit: 1 << 20)
    else { return nil }
    let file = SourceFile(path: path, bytes: bytes)
    var dropped = Report()
    let root =
      isDocument
      ? MarkdownReader.document(of: file, requiresHead: true, into: &dropped)?.head?.root
      : YAMLReader.tree(of: file, into: &dropped)?.root
    guard let root, root.kind == .object else { return nil }
    let shape = isDocument ? Catalogue.Shape.document : .record
    let found = catalogue.registers.filter { $0.shape == shape && $0.idPattern != nil }
      .compactMap { register -> RepoPath? in
        guard let id = root[register.idProperty]?.text,
          register.isRegular(id, with: PatternMatcher())
        else { return nil }
        return register.path(of: id) { $0 == "id" ? id : root[$0]?.text }
      }
    return found.count == 1 ? found[0] : nil
  }

  /// Returns the path that differs in its ending, or in capitals, from one that a register claims.
  private static func place(named path: RepoPath, _ catalogue: Catalogue) -> RepoPath? {
    let text = path.string
    let stem = text.lastIndex(of: ".").map { String(text[..<$0]) } ?? text
    guard !stem.hasSuffix("/") else { return nil }
    let endings = [".yaml": ["yml"], ".md": ["markdown"], ".csv": ["tsv"]]
    let ending = text.dropFirst(stem.count + 1).lowercased()
    for (right, wrong) in endings.sorted(by: { $0.key < $1.key })
    where wrong.contains(ending) || "." + ending == right || ending.isEmpty {
      guard let place = RepoPath(stem + right) else { continue }
      if catalogue.registers.contains(where: { $0.claims(place) }) { return place }
      let fixed = catalogue.registers.flatMap { $0.fixedPaths ?? [] }
      if let same = fixed.first(where: { $0.string.lowercased() == place.string.lowercased() }) {
        return same
      }
    }
    return nil
  }
}

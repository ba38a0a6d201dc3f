import Diagnostics
import Registry
import SourceText
import Syntax

/// What a file is to say after a merge, and the text that is to say it.
protocol MergePlan {
  /// The text, with what is in conflict.
  var text: MergeText { get }

  /// Whether two texts say it: one with our lines in all conflicts, one with theirs.
  func isSaid(byOurs ours: SourceFile, andTheirs theirs: SourceFile) -> Bool
}

/// The merge of a YAML file as a whole.
struct YAMLPlan: MergePlan {
  private let contents: YAMLMerge.Contents
  private let comments: [YAMLComments]
  /// The ids of the records of both sides, where the file is a list of them.
  private let ids: [[String]]
  private let idProperty: String

  var text: MergeText { contents.text }

  /// Merges three trees; `nil` where that cannot be made part by part.
  init?(base: SyntaxTree, ours: SyntaxTree, theirs: SyntaxTree, _ merge: YAMLMerge) {
    let sources = [base, ours, theirs].compactMap { tree in
      tree.root.map { root in
        YAMLMerge.Source(YAMLVersion(tree), root: root, in: 0..<tree.file.bytes.count)
      }
    }
    guard sources.count == 3, let contents = merge.whole(sources[0], sources[1], sources[2]) else {
      return nil
    }
    self.contents = contents
    comments = [base, ours, theirs].map(Self.comments)
    let property = merge.register?.idProperty ?? "id"
    idProperty = property
    ids = merge.isList ? [ours, theirs].map { Self.ids(of: $0, property) } : []
  }

  private static func comments(of tree: SyntaxTree) -> YAMLComments {
    YAMLComments(tree, in: 0..<tree.file.bytes.count)
  }

  private static func ids(of tree: SyntaxTree, _ property: String) -> [String] {
    tree.root?.elements.compactMap { $0[property]?.text } ?? []
  }

  /// Reads a file; `nil` where it has an error.
  static func tree(of file: SourceFile) -> SyntaxTree? {
    var report = Report()
    let tree = YAMLReader.tree(of: file, into: &report)
    return report.hasErrors ? nil : tree
  }

  func isSaid(byOurs ours: SourceFile, andTheirs theirs: SourceFile) -> Bool {
    guard let one = Self.tree(of: ours), let two = Self.tree(of: theirs) else { return false }
    return ValueDigest.all(of: one).first == contents.ours
      && ValueDigest.all(of: two).first == contents.theirs
      && [one, two].allSatisfy { ids.isEmpty || areUnique(ids, Self.ids(of: $0, idProperty)) }
      && YAMLComments.areKept(
        base: comments[0], ours: comments[1], theirs: comments[2],
        in: [Self.comments(of: one), Self.comments(of: two)])
  }
}

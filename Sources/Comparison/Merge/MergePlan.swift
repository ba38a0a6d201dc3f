import Diagnostics
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
  }

  private static func comments(of tree: SyntaxTree) -> YAMLComments {
    YAMLComments(tree, in: 0..<tree.file.bytes.count)
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
      && YAMLComments.areKept(
        base: comments[0], ours: comments[1], theirs: comments[2],
        in: [Self.comments(of: one), Self.comments(of: two)])
  }
}

import ArgumentParser
import Comparison
import Git
import SourceText
import Syntax

struct MergeDriver: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-driver", abstract: "Merge a register file by record and field",
    discussion: """
      Git runs it where .gitattributes says merge=registrar and 'hook install' was run: \
      'registrar merge-driver %O %A %B %P'. What both sides changed stays in the file between Git's \
      marks.
      """,
    shouldDisplay: false)

  @Argument(help: "The version that both sides come from.")
  var base: String

  @Argument(help: "Our version, where the result goes.")
  var ours: String

  @Argument(help: "Their version.")
  var theirs: String

  @Argument(help: "The path in the repository.")
  var path: String

  mutating func run(in session: inout Session) throws -> Outcome {
    guard let path = RepoPath(path) else { throw Failure("'\(path)' is no path of a repository") }
    func file(_ name: String) throws(Failure) -> SourceFile {
      let place = session.absolute(name)
      guard let bytes = WorkTree.bytes(ofFile: place, limit: SyntaxLimits().bytes)
      else { throw Failure("'\(name)' cannot be read") }
      return SourceFile(path: path, bytes: bytes)
    }
    let merge = ThreeWayMerge(
      base: try file(base), ours: try file(ours), theirs: try file(theirs)
    ) { base, ours, theirs in
      Self.lines(base, ours, theirs)
    }
    guard FileWriter.replace(session.absolute(ours), with: Array(merge.text.utf8)) else {
      throw Failure("'\(ours)' cannot be written")
    }
    return merge.conflicts == 0 ? .clean : .errorsFound
  }

  /// Merges lines as git does.
  static func lines(
    _ base: String, _ ours: String, _ theirs: String
  ) -> (String, Bool) {
    let marked = "<<<<<<< ours\n\(ours)=======\n\(theirs)>>>>>>> theirs\n"
    guard let folder = TemporaryDirectory(), folder.write("base", Array(base.utf8)),
      folder.write("ours", Array(ours.utf8)), folder.write("theirs", Array(theirs.utf8)),
      let outcome = Program.run([
        "git", "merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs",
        folder.path + "/ours", folder.path + "/base", folder.path + "/theirs",
      ]), outcome.status < 128
    else { return (marked, false) }
    return (outcome.output, outcome.status == 0)
  }
}

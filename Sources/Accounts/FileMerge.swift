package import Editing
import Git
package import JSONSchema
package import Registry
package import SourceText
import Syntax

/// What a merge of two versions of a file goes by: the register that it belongs to, and lines where it cannot be merged
/// by what it says.
package enum FileMerge {
  /// Returns the register that a file belongs to, and the schema of its records.
  package static func rules(
    for path: RepoPath, _ catalogue: Catalogue, in tree: any SourceTree
  ) -> (register: Register, program: JSONSchema.Program?)? {
    guard let register = catalogue.registers.first(where: { $0.claims(path) }) else { return nil }
    return (register, SchemaSet(tree: tree).program(at: register.schemaPath))
  }

  /// Merges lines as git does.
  package static func lines(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], _ labels: ConflictLabels
  ) -> (bytes: [UInt8], isClean: Bool)? {
    guard let folder = TemporaryDirectory(), folder.write("base", base),
      folder.write("ours", ours), folder.write("theirs", theirs)
    else { return nil }
    let place = folder.path + "/ours"
    guard
      let status = mergeFile(place, folder.path + "/base", folder.path + "/theirs", labels),
      status < 128, let bytes = WorkTree.bytes(ofFile: place, limit: SyntaxLimits().bytes * 4)
    else { return nil }
    return (bytes, status == 0)
  }

  /// Runs `git merge-file`, which writes its result into the first file; returns its exit status.
  package static func mergeFile(
    _ ours: String, _ base: String, _ theirs: String, _ labels: ConflictLabels
  ) -> Int32? {
    Program.run([
      "git", "merge-file", "-q", "--marker-size=\(labels.size)", "-L", labels.ours, "-L", "base",
      "-L", labels.theirs, ours, base, theirs,
    ])?.status
  }
}

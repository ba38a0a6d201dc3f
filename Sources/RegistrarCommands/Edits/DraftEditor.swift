import Accounts
import Git
import SourceText

/// Lets the user write a draft in an editor, the one that Git opens.
struct DraftEditor {
  private static let name = "REGISTRAR_DRAFT.yaml"
  private let command: String
  private let folder: String
  /// Where there is no repository that keeps it.
  private let temporary: TemporaryDirectory?
  private let edit: (_ command: String, _ path: String) -> Bool

  /// Finds the editor; `nil` where nobody is there to use it, or none is named.
  init?(_ place: Workplace, _ session: Session) {
    guard let edit = session.edit, session.ask != nil, let root = place.root,
      let named = Program.run(session.git(in: root) + ["var", "GIT_EDITOR"]), named.status == 0
    else { return nil }
    self.edit = edit
    command = String(named.output.prefix { !$0.isNewline })
    temporary = place.repository == nil ? TemporaryDirectory() : nil
    temporary?.expect(Self.name)
    guard let folder = place.repository?.path ?? temporary?.path else { return nil }
    self.folder = folder
  }

  private var path: String { (folder.hasSuffix("/") ? folder : folder + "/") + Self.name }

  /// Opens the editor on a text, and returns what was saved.
  ///
  /// - Throws: `Failure` where the editor cannot be used.
  func edited(_ text: String) throws(Failure) -> String {
    if let reason = FileWriter.overwrite(path, with: Array(text.utf8)) {
      throw Failure("the draft '\(path)' cannot be written: \(reason)")
    }
    guard edit(command, path) else {
      throw Failure(
        "the editor '\(command)' ended with an error, and nothing is written",
        hint: "Name another one with: git config core.editor …")
    }
    guard let name = RepoPath(Self.name),
      let bytes = try? WorkTree(root: folder).bytes(of: name, limit: 1 << 24)
    else { throw Failure("the draft '\(path)' is gone, and nothing is written") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Says where the draft is kept; `nil` where it is not.
  var keptPath: String? { temporary == nil ? path : nil }

  /// Takes the draft away.
  func remove() { FileWriter.remove(path) }
}

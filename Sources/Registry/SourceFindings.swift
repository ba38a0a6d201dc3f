package import Diagnostics
package import SourceText
import Syntax

extension Diagnostic.Code {
  /// The system or Git refuses to give a file's bytes.
  package static let unreadableFile: Self = "source/unreadable"
  /// Something other than a regular file stands where a file belongs.
  package static let notAFile: Self = "source/not-a-file"
  /// A symbolic link stands where a file belongs.
  package static let link: Self = "source/link"
  /// A submodule stands below `registers/`.
  package static let submodule: Self = "source/submodule"
  /// A file of a register that Git ignores.
  package static let ignoredFile: Self = "source/ignored"
  /// The file is a pointer of Git LFS and not the text itself.
  package static let largeFilePointer: Self = "source/lfs-pointer"
  /// A file below `registers/` belongs to no register.
  package static let strayFile: Self = "register/stray-file"
  /// Two registers of the catalogue claim the same file.
  package static let overlap: Self = "register/overlap"
}

extension Diagnostic {
  /// Returns the finding for a file of a register that no commit will have.
  package static func ignored(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      .warning, .ignoredFile, "Git ignores this file, and it was not looked at", at: .file(path),
      help: "Add it with 'git add --force \(path)', or take it out of registers/")
  }

  /// Returns the finding for a file that could not be read.
  package static func unreadable(_ error: SourceTreeError, at path: RepoPath) -> Diagnostic {
    switch error {
    case .tooLarge(_, let size, let limit):
      Diagnostic(
        .error, .tooLarge,
        "the file has \(size / 1_048_576) MiB, and \(limit / 1_048_576) MiB is the most",
        at: .file(path), help: "Split the file, or keep attachments outside of registers/")
    case .notAFile:
      Diagnostic(
        .error, .notAFile, "this is not a regular file", at: .file(path),
        help: "Put a text file here, or remove it")
    case .missing:
      Diagnostic(
        .error, .unreadableFile, "the file is not there any more", at: .file(path),
        help: "Run the check again")
    case .unreadable(_, let reason), .store(_, let reason):
      Diagnostic(
        .error, .unreadableFile, "the file cannot be read: \(reason)", at: .file(path),
        help: "Look at its permissions and at the disk")
    case .tooDeep(_, let limit):
      Diagnostic(
        .error, .unreadableFile, "folders are nested more than \(limit) deep here", at: .file(path),
        help: "Remove them")
    case .undecodablePath(let shown):
      Diagnostic(
        .error, .unreadableFile, "the name '\(shown)' is not UTF-8", at: .file(path),
        help: "Rename the file")
    }
  }

  /// Returns the finding for what stands at a path and is no file, or `nil` for files and folders.
  package static func misplaced(_ entry: TreeEntry) -> Diagnostic? {
    let place = SourceRange.file(entry.path)
    return switch entry.kind {
    case .file, .folder: nil
    case .link:
      Diagnostic(
        .error, .link, "this is a symbolic link", at: place,
        help: "Put the file itself here: what a link points to is not under configuration control")
    case .submodule:
      Diagnostic(
        .error, .submodule, "this is a submodule", at: place,
        help: "Keep registers in this repository")
    case .conflict:
      Diagnostic(
        .error, .conflict, "a merge left this file in conflict", at: place,
        help: "Resolve the conflict and run 'git add \(entry.path)'")
    case .other:
      Diagnostic(
        .error, .notAFile, "this is not a regular file or a folder that can be read", at: place,
        help: "Remove it, or look at its permissions")
    }
  }
}

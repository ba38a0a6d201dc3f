package import Git
package import SourceText

/// Why a command could not do its work, in words.
package struct Failure: Error, CustomStringConvertible {
  /// What was being done and why it could not, without a full stop.
  package let message: String
  /// What the user can do about it.
  package var hint: String?
  /// Whether what was looked for is not there, and all that could hold it was read.
  package var isAbsence = false

  package var description: String { message }

  package init(_ message: String, hint: String? = nil, isAbsence: Bool = false) {
    self.message = message
    self.hint = hint
    self.isAbsence = isAbsence
  }

  package init(_ error: SourceTreeError) {
    switch error {
    case .missing(let path): self.init("there is no file \(path)")
    case .notAFile(let path): self.init("\(path) is not a regular file")
    case .tooLarge(let path, let size, let limit):
      self.init("\(path) has \(size) bytes, and \(limit) are the most")
    case .unreadable(let path, let reason): self.init("\(path) cannot be read: \(reason)")
    case .tooDeep(let path, let limit):
      self.init(
        "folders are nested more than \(limit) deep in \(path.prefix(40))…", hint: "Remove them")
    case .undecodablePath(let shown):
      self.init("the name '\(shown)' is not UTF-8", hint: "Rename the file")
    case .store(let operation, let reason):
      self.init(
        "the repository is incomplete or broken: cannot \(operation): \(reason)",
        hint: "In a partial clone fetch what is missing: git fetch --refetch --no-filter; "
          + "otherwise run: git fsck")
    }
  }

  package init(_ error: GitError, opening place: String) {
    guard let kind = error.unsupported else {
      self.init("cannot read the repository at \(place): \(error.message)")
      return
    }
    switch kind {
    case .sha256:
      self.init(
        "the repository at \(place) names objects by SHA-256, which libgit2 1.5 does not read",
        hint: "Clone its content into a repository made with: git init --object-format=sha1")
    case .reftable:
      self.init(
        "the repository at \(place) keeps references in reftables, which libgit2 1.5 does not read",
        hint: "Run: git refs migrate --ref-format=files")
    case .splitIndex:
      self.init(
        "the index of \(place) is split, which libgit2 1.5 does not read",
        hint: "Run: git update-index --no-split-index")
    case .sparseIndex:
      self.init(
        "the index of \(place) is sparse, which libgit2 1.5 does not read",
        hint: "Run: git sparse-checkout reapply --no-sparse-index")
    case .otherOwner:
      let folder = error.foreignFolder ?? place
      self.init(
        "the repository at \(folder) belongs to somebody else",
        hint: "If you trust it, run: git config --global --add safe.directory \(folder)")
    case .extension(let name):
      self.init(
        "the repository at \(place) needs the extension '\(name)', which libgit2 1.5 does not know",
        hint: "Look for extensions.\(name) in its configuration")
    }
  }
}

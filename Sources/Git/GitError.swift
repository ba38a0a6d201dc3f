import Clibgit2
import Glibc

/// Why libgit2 could not do something.
package struct GitError: Error, Hashable, Sendable {
  /// libgit2's number; an open set, because releases add to it.
  package let code: Int32
  /// libgit2's words.
  package let message: String
  /// The C function that failed.
  package let operation: String

  package init(code: Int32, message: String, operation: String) {
    self.code = code
    self.message = message
    self.operation = operation
  }

  package var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }

  /// Whether an object is not what its name stands for.
  package var isMismatch: Bool { code == GIT_EMISMATCH.rawValue }

  /// A kind of repository that libgit2 1.5 does not read, each with its remedy.
  package enum Unsupported: Hashable, Sendable {
    /// Objects are named by SHA-256: convert the repository, or wait for a later libgit2.
    case sha256
    /// References are kept in reftables: `git refs migrate --ref-format=files`.
    case reftable
    /// The index is split: `git update-index --no-split-index`.
    case splitIndex
    /// The index is sparse: `git sparse-checkout reapply --no-sparse-index`.
    case sparseIndex
    /// Somebody else owns the folder: `git config --global --add safe.directory FOLDER`.
    case otherOwner
    /// The repository's format asks for something unknown.
    case `extension`(String)
  }

  /// The kind of repository, where that is the reason.
  package var unsupported: Unsupported? {
    if message.contains("safe.directory") || code == GIT_EOWNER.rawValue { return .otherOwner }
    if message.contains("'link'") { return .splitIndex }
    if message.contains("'sdir'") { return .sparseIndex }
    guard let range = message.range(of: "extensions.") else { return nil }
    let name = message[range.upperBound...].prefix { $0.isLetter }.lowercased()
    switch name {
    case "objectformat": return .sha256
    case "refstorage": return .reftable
    default: return .extension(name)
    }
  }
}

extension String {
  /// Returns where `text` first stands.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

/// Throws unless `result` says that a call went well.
///
/// The words of the error live in thread-local storage, so they are read before anything else can
/// call libgit2, and cleared, because some calls fail without leaving any.
func check(_ result: Int32, _ operation: String) throws(GitError) {
  guard result < 0 else { return }
  var message = ""
  if let error = unsafe git_error_last(), let text = unsafe error.pointee.message {
    message = unsafe String(cString: text)
  }
  git_error_clear()
  throw GitError(code: result, message: message, operation: operation)
}

/// Calls a function of libgit2 that hands out an object.
func make(
  _ operation: String, _ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
) throws(GitError) -> OpaquePointer {
  var object: OpaquePointer?
  try check(unsafe body(&object), operation)
  guard let object = unsafe object else {
    throw GitError(code: -1, message: "nothing was returned", operation: operation)
  }
  return unsafe object
}

/// The start of libgit2, once for the process and never undone.
enum Library {
  /// Extensions of a repository's format that change nothing for a reader: what `git worktree`, partial
  /// clones and forges write.
  private static let harmless = [
    "preciousobjects", "worktreeconfig", "partialclone", "relativeworktrees",
    "compatobjectformat",
  ]

  static let start: Void = {
    git_libgit2_init()
    // Packed objects are not hashed anew on every read, as git itself does not.
    _ = registrar_git_set_strict_hash_verification(0)
    var names = unsafe harmless.map { unsafe UnsafePointer(strdup($0)) }
    _ = unsafe registrar_git_set_extensions(&names, names.count)
    while let name = unsafe names.popLast() { unsafe free(UnsafeMutablePointer(mutating: name)) }
  }()
}

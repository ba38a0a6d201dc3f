import Clibgit2
package import SourceText

extension Repository {
  /// Returns the note on an object, or `nil` where there is none.
  ///
  /// - Parameters:
  ///   - object: The object.
  ///   - reference: The reference of the notes, as `refs/notes/commits`.
  /// - Returns: The text.
  /// - Throws: `GitError` where notes cannot be read.
  package func note(on object: ObjectID, at reference: String) throws(GitError) -> String? {
    var oid = object.oid
    do throws(GitError) {
      let note = try unsafe make("git_note_read") {
        unsafe git_note_read($0, handle, reference, &oid)
      }
      defer { unsafe git_note_free(note) }
      return unsafe git_note_message(note).map { unsafe String(cString: $0) }
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// Returns the note on an object in one commit of notes, or `nil` where there is none.
  package func note(on object: ObjectID, in commit: ObjectID) throws(GitError) -> String? {
    var oid = object.oid
    let notes = try unsafe lookUp(commit: commit)
    defer { unsafe git_commit_free(notes) }
    do throws(GitError) {
      let note = try unsafe make("git_note_commit_read") {
        unsafe git_note_commit_read($0, handle, notes, &oid)
      }
      defer { unsafe git_note_free(note) }
      return unsafe git_note_message(note).map { unsafe String(cString: $0) }
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// Writes the note on an object; one that is there is replaced.
  ///
  /// - Parameters:
  ///   - text: The note.
  ///   - object: The object.
  ///   - reference: The reference of the notes.
  ///   - person: Who writes it and when.
  /// - Throws: `GitError` where it cannot be written.
  package func writeNote(
    _ text: String, on object: ObjectID, at reference: String, by person: Person
  ) throws(GitError) {
    var signature: UnsafeMutablePointer<git_signature>?
    try check(
      unsafe git_signature_new(&signature, person.name, person.address, person.time, 0),
      "git_signature_new")
    defer { unsafe git_signature_free(signature) }
    var (oid, made) = (object.oid, git_oid())
    try check(
      unsafe git_note_create(&made, handle, reference, signature, signature, &oid, text, 1),
      "git_note_create")
  }
}

/// Somebody who makes an object of Git, and when.
package struct Person: Hashable, Sendable {
  package let name: String
  package let address: String
  /// Seconds since 1970.
  package let time: Int64

  package init(name: String, address: String, time: Int64) {
    self.name = name
    self.address = address
    self.time = time
  }
}

import Accounts
import Registry
import SourceText

extension Workplace {
  /// Opens the place where the session is.
  init(_ session: Session) throws(Failure) {
    try self.init(at: session.workingDirectory, session.environment)
  }

  /// Whether the session is in a place that has a catalogue.
  static func isConfiguration(_ session: Session) -> Bool {
    guard let place = try? Workplace(session), let tree = try? place.tree(at: .workTree),
      let path = RepoPath(Catalogue.path)
    else { return false }
    return (try? tree.bytes(of: path, limit: .max)) != nil
  }

  /// Returns the path inside the repository of a path as a user gives it; `nil` for the top of the work tree.
  ///
  /// - Parameters:
  ///   - text: Relative to the session's folder, or absolute.
  ///   - session: Where the user is.
  /// - Returns: The path.
  /// - Throws: `Failure` where it leads out of it.
  func path(_ text: String, in session: Session) throws(Failure) -> RepoPath? {
    try path(text, from: session.workingDirectory)
  }
}

extension ChangeReader {
  /// Prepares reading what differs, for a session.
  ///
  /// - Parameters:
  ///   - place: Where the versions are.
  ///   - session: Where the user is.
  ///   - names: What is asked for; everything where there is none.
  ///   - tellsReasons: Whether the commits behind each change are looked for.
  init(_ place: Workplace, _ session: Session, names: [String] = [], tellsReasons: Bool = true) {
    self.init(
      place: place, folder: session.workingDirectory, jobs: session.processorCount, names: names,
      tellsReasons: tellsReasons)
  }
}

extension Session {
  /// Splits `C:H8.4(b)` into the document and the clause; text without a colon names no clause.
  static func clause(in text: String) -> (item: String, clause: String?) {
    let name = ItemName(text)
    return (name.item, name.part)
  }
}

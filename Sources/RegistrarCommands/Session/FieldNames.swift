import Accounts
import Diagnostics
import Registry
import Rules
import SourceText
import Syntax

extension String {
  /// The fields that an option names, separated by commas.
  ///
  /// - Parameter option: The option, for the message.
  /// - Returns: The names, without the spaces around them.
  /// - Throws: `Failure` where it names none.
  func fieldNames(of option: String) throws(Failure) -> [String] {
    let names = split(separator: ",").map { part in
      var name = part
      while name.first?.isWhitespace == true { name.removeFirst() }
      while name.last?.isWhitespace == true { name.removeLast() }
      return String(name)
    }.filter { !$0.isEmpty }
    guard !names.isEmpty else {
      throw Failure(
        "\(option) names no field", hint: "Name fields with commas between them, as in id,title")
    }
    return names
  }
}

extension Session {
  /// Makes sure that the records of some versions can have the fields that are asked for.
  ///
  /// - Parameters:
  ///   - names: Fields as a user wrote them.
  ///   - trees: The versions.
  /// - Throws: `Failure` where no register of any version has one of them.
  func require(fields names: [String], in trees: [any SourceTree]) async throws {
    guard !names.isEmpty else { return }
    var failure: Failure?
    for tree in trees {
      var dropped = Report()
      guard
        let snapshot = try await Snapshot.read(
          tree, jobs: processorCount, judges: false, into: &dropped)
      else { continue }
      do throws(Failure) {
        return try snapshot.require(fields: names, of: snapshot.catalogue.registers)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}

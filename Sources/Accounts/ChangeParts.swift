import Comparison
import Diagnostics
import Registry
import Rules
package import SourceText

/// The clauses and fields that words name behind their colons, and what of changes they leave.
package struct ChangeParts {
  private struct Item: Hashable {
    package let register: String
    package let id: String
  }

  /// The parts of each item; an item that is named as a whole has none.
  private var parts: [Item: [String]] = [:]
  /// The files of items that have parts.
  private var items: [RepoPath: Item] = [:]
  private let isEmpty: Bool

  /// Finds the parts that words name.
  ///
  /// - Parameters:
  ///   - words: What was asked for.
  ///   - trees: The versions; one of them must have a part.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `Failure` for a part that none has, or `SourceTreeError` where a version cannot be read.
  package init(_ words: [Word], in trees: [any SourceTree], jobs: Int) async throws {
    var whole: Set<Item> = []
    for word in words {
      for case .item(let register, let id, let path, let part) in word.meanings {
        let item = Item(register: register, id: id)
        guard let part else {
          whole.insert(item)
          continue
        }
        try await Self.require(part, of: item, at: path, in: trees, jobs: jobs)
        parts[item, default: []].append(part)
        items[path] = item
      }
    }
    // A register, a file or a folder that is named holds all of its items.
    let isNarrow = words.allSatisfy { word in
      word.meanings.allSatisfy {
        if case .item = $0 { true } else { false }
      }
    }
    for item in whole { parts[item] = nil }
    isEmpty = parts.isEmpty || !isNarrow
  }

  private static func require(
    _ part: String, of item: Item, at path: RepoPath, in trees: [any SourceTree], jobs: Int
  ) async throws {
    var failure: Failure?
    for tree in trees {
      var dropped = Report()
      guard let rulebook = try Rulebook.read(tree, into: &dropped),
        let entry = try tree.entry(at: path)
      else { continue }
      let snapshot = try await Snapshot.read(
        tree, [entry], by: rulebook, jobs: jobs, judges: false, into: &dropped)
      let index = RecordIndex(of: snapshot)
      guard let position = index.position(ofRegister: item.register),
        let record = index.record(item.id, in: position)
      else { continue }
      do throws(Failure) {
        return try snapshot.require(
          part, of: record, in: snapshot.catalogue.registers[position])
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  /// Takes out of changes what is in no part that is asked for.
  package func narrow(_ changes: inout Changes) {
    guard !isEmpty else { return }
    changes.registers = changes.registers.compactMap { register, records in
      let kept = records.compactMap { record in
        let item = Item(register: register.name, id: record.id)
        guard let parts = parts[item] else { return record }
        return record.kind == .changed ? record.keeping(parts) : record
      }
      return kept.isEmpty ? nil : (register, kept)
    }
    changes.documents = changes.documents.flatMap { document in
      guard let path = document.path, let item = items[path], let parts = parts[item] else {
        return [document]
      }
      return parts.compactMap(document.narrowed)
    }
  }
}

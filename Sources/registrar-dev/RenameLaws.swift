import ArgumentParser
import Diagnostics
import Editing
import Patterns
import Registry
import Rules
import SourceText
import Syntax

/// Holds renamings to their law: each record is renamed to a free id and back, which gives the same bytes in the same
/// files, and in between nothing names it by its old id but what says that it had it.
struct RenameLaws: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renames", abstract: "Rename every record of the registers and back")

  @OptionGroup var options: LawOptions

  func run() async throws {
    let tree = WorkTree(root: options.folder)
    var report = Report()
    guard let snapshot = try await Snapshot.read(tree, jobs: 2, into: &report) else {
      throw ValidationError("There is no catalogue in '\(options.folder)'.")
    }
    let index = RecordIndex(of: snapshot)
    var (count, turn, failures) = (0, 0, [String]())
    for position in index.records.indices {
      for record in index.records[position] {
        turn += 1
        guard options.isTaken(turn) else { continue }
        count += 1
        let trial = RenameTrial(tree: tree, index: index, record: record, position: position)
        if let failure = try await trial.failure() { failures.append(failure) }
      }
    }
    for failure in failures.prefix(50) { print(failure) }
    print("\(count) records renamed and back: \(failures.count) failures")
    if !failures.isEmpty { throw ExitCode(1) }
  }
}

/// One record that is renamed and back.
private struct RenameTrial {
  let tree: WorkTree
  let index: RecordIndex
  let record: Record
  let position: Int

  private var register: Register { index.snapshot.catalogue.registers[position] }

  /// Returns what is not as it should be; `nil` where all is.
  func failure() async throws -> String? {
    guard let id = freeID else {
      return "\(record.id): no other id has the form of '\(register.name)'"
    }
    let name = "\(register.name)/\(record.id) → \(id)"
    var editor = ItemEditor(tree, index.snapshot.rulebook)
    do throws(EditFailure) {
      let item = try Renaming(of: record, in: position, as: id, index, wasKnown: true)
        .make(in: &editor, except: [])
      let there = try await self.there(editor)
      guard let renamed = there.record(id, in: position), renamed.path == item.path,
        there.record(record.id, in: position) == nil
      else { return "\(name): it is not there" }
      for reference in there.snapshot.references
      where reference.id == record.id && reference.registers == [register.name] {
        return "\(name): \(reference.value.range.path) still refers to the old id"
      }
      let rest = NamedPlaces(of: renamed, in: position, as: record.id, there).places.count
      let before = NamedPlaces(of: record, in: position, as: id, index).places.count
      // A tombstone may name it too.
      if rest < before { return "\(name): of \(before) places \(rest) name it" }
      _ = try Renaming(of: renamed, in: position, as: record.id, there, wasKnown: false)
        .make(in: &editor, except: [])
    } catch  where error.diagnostic.code == .noRoomForFormerID {
      return nil
    } catch {
      return "\(name): \(error.diagnostic.range.path): \(error.diagnostic.message.text)"
    }
    let left = editor.edits
    return left.isEmpty ? nil : "\(name): \(left.map(\.path.string)) are not as they were"
  }

  /// Returns the records with the changes of an editor.
  private func there(_ editor: ItemEditor) async throws(EditFailure) -> RecordIndex {
    var dropped = Report()
    let entries = editor.edits.compactMap(\.change.new)
    let read = try? await Snapshot.read(
      editor.tree, entries, by: index.snapshot.rulebook, jobs: 1, into: &dropped)
    guard let read else { return index }
    return RecordIndex(of: index.snapshot.replacing(Set(editor.edits.map(\.path)), with: read))
  }

  /// An id of the regular form that no record has: its digits and letters are counted on.
  private var freeID: String? {
    let matcher = PatternMatcher()
    func isFree(_ id: String) -> Bool {
      guard id != record.id, register.isRegular(id, with: matcher), !index.has(id, in: position),
        !record.formerIDs.contains(id),
        let path = register.path(of: id, property: { record.text(of: $0) })
      else { return false }
      return register.fixedPaths != nil || path == record.path
        || index.snapshot.source(at: path) == nil
    }
    var ids: [String] = []
    let characters = Array(record.id)
    for place in characters.indices.reversed() {
      let own = characters[place]
      let others =
        own.isNumber
        ? "987654321" : own.isUppercase ? "ZYXJWVUTSRQPB" : own.isLowercase ? "zyx" : ""
      ids += others.map { String(characters[..<place]) + [$0] + String(characters[(place + 1)...]) }
    }
    ids += ["9", "99", "X", "x", "-X"].map { record.id + $0 }
    return ids.first(where: isFree)
  }
}

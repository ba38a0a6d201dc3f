package import Baselines
import Comparison
import Diagnostics
import Git
package import Registry
import Rules
package import SourceText
import Syntax

/// What was in force on a day, of each kind of baseline, with the version that had followed it and has none.
package struct InForceAccount {
  package let date: Day
  /// The day by which a baseline must have been published; `nil` where all count.
  package let known: Day?
  package private(set) var answers: [(kind: String, answer: InForce, follower: UntaggedVersion?)] =
    []

  /// Whether one cannot be judged.
  package var isUnclear: Bool {
    answers.contains { if case .unknown = $0.answer { true } else { false } }
  }

  /// Reads what was in force.
  ///
  /// - Parameters:
  ///   - date: The day.
  ///   - known: The day by which a baseline must have been published; `nil` where all count.
  ///   - kind: The kind that is asked for; all where there is none.
  ///   - ledger: The baselines.
  ///   - place: Where they are.
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: What reading throws.
  package init(
    on date: Day, known: Day?, kind: String?, _ ledger: Ledger, _ place: Workplace, jobs: Int
  ) async throws {
    (self.date, self.known) = (date, known)
    for (kind, answer) in try ledger.inForce(on: date, known: known, kind: kind) {
      var follower: UntaggedVersion?
      if case .baseline(let baseline) = answer, known == nil,
        let kind = ledger.kind(of: baseline), kind.versions != nil
      {
        follower = try await UntaggedVersion(
          of: kind, after: baseline, on: date, in: place.tree(at: .revision("HEAD")), jobs: jobs)
      }
      answers.append((kind, answer, follower))
    }
  }
}

/// An item as it was in force on a day, or why it was not.
package enum ItemAsOf {
  /// What a kind before held cannot be said by one after it.
  case unclear
  /// The text, and what the item is called today where that is another name.
  case text(String, of: Holding)
  /// The item came later than these baselines.
  case notYet(item: String, in: [String])
  /// The item was taken out in a commit, before these baselines or after.
  case gone(id: String, isBefore: Bool, in: [String], commit: ObjectID, subject: String)

  /// Where an item was found.
  package struct Holding {
    package let id: String
    package let register: String
    package let baseline: Baseline
    package let follower: UntaggedVersion?
    package let idToday: String?
  }

  /// Looks for an item in what was in force: in the first kind of the catalogue that holds it.
  ///
  /// - Parameters:
  ///   - name: The item, with a clause behind a colon.
  ///   - account: What was in force; of one kind at least.
  ///   - past: The registers of today.
  ///   - versions: Reads versions.
  /// - Throws: `Failure` where it never was; what reading throws.
  package init(
    of name: String, _ account: InForceAccount, _ past: Past, _ versions: VersionReader
  ) async throws {
    let named = ItemName(name)
    let today = try? await past.item(named.item, versions)
    // The catalogue of then may not know how the item is written now, or it had another id.
    let names = [named.item] + (today.map { [$0.record.id] + $0.record.formerIDs } ?? [])
    var absences: [(baseline: Baseline, failure: Failure, holdsSuch: Bool)] = []
    for (_, answer, follower) in account.answers {
      guard case .baseline(let baseline) = answer else {
        self = .unclear
        return
      }
      let tree = try past.place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await versions.snapshot(of: tree)
      let scope = BaselineScope(snapshot.catalogue.baselineKind(of: baseline.name))
      do throws(Failure) {
        let (register, record) = try RecordIndex(of: snapshot).item(firstOf: names)
        guard scope.holds(record, of: register) else { continue }
        let text = try Self.text(of: record, register, named.part, in: snapshot)
        let now = today.map(\.record.id)
        self = .text(
          text,
          of: Holding(
            id: record.id, register: register.name, baseline: baseline, follower: follower,
            idToday: now == record.id ? nil : now))
        return
      } catch {
        guard error.isAbsence else { throw error }
        absences.append(
          (baseline, error, today.map { scope.holds($0.record, of: $0.register) } ?? true))
      }
    }
    // A kind that holds no such item says nothing of when it came.
    if absences.contains(where: \.holdsSuch) { absences.removeAll { !$0.holdsSuch } }
    guard let first = absences.first else {
      throw Failure("no baseline in force on \(account.date) holds '\(name)'")
    }
    let baselines = absences.map(\.baseline.name)
    if let today {
      var shown = today.record.id
      if let number = named.part {
        shown += ":" + number
        if today.register.shape == .document {
          // A clause that is not there today either is a slip.
          do throws(Failure) {
            _ = try today.snapshot.clause(number, of: today.record, in: today.register)
          } catch { throw absences.last?.failure ?? error }
        }
      }
      self = .notYet(item: shown, in: baselines)
      return
    }
    guard let lost = try await past.lost(named.item) else {
      // What is meant by a slip is an item of today.
      _ = try await past.item(named.item, versions)
      throw first.failure
    }
    let isBefore = absences.contains {
      past.repository.isAncestor(lost.commit, of: $0.baseline.tag.target)
        || lost.commit == $0.baseline.tag.target
    }
    self = .gone(
      id: lost.id, isBefore: isBefore, in: baselines, commit: lost.commit, subject: lost.subject)
  }

  /// Returns an item, or its clause, as its file has it.
  private static func text(
    of record: Record, _ register: Register, _ number: String?, in snapshot: Snapshot
  ) throws(Failure) -> String {
    if let number { return try snapshot.clause(number, of: record, in: register).source }
    if let source = snapshot.source(at: record.path),
      register.shape == .record || register.shape == .document
    {
      return source.text(of: 0..<source.bytes.count)
    }
    return record.node.members.map { "\($0.key.text ?? ""): \($0.value.json)\n" }.joined()
  }
}

package import Baselines
package import Comparison
import Git
import Registry
package import SourceText
import Syntax

/// Where drafts meet: two that change the same words, and one whose ground has moved.
package struct Collisions {
  /// A part of an item as one version of it changes it: a clause, a field, or all of a record.
  package struct Part {
    package enum Change {
      /// A record that came or went.
      case whole(RecordChange.Kind, register: String)
      case field(FieldChange)
      case wording(Wording)
    }

    package fileprivate(set) var changes: [Change] = []

    /// Whether two versions change the part alike.
    func isSame(as other: Part) -> Bool {
      changes.count == other.changes.count
        && zip(changes, other.changes).allSatisfy { one, two in
          switch (one, two) {
          case (.whole(let one, let register), .whole(let two, let other)):
            one == two && register == other
          case (.field(let one), .field(let two)):
            one.path == two.path && one.old?.json == two.old?.json && one.new?.json == two.new?.json
          case (.wording(let one), .wording(let two)): one == two
          default: false
          }
        }
    }
  }

  /// What of a part stands on one side of a meeting.
  package typealias Named = (name: String, part: Part)

  package enum Meeting {
    /// Two drafts change one part.
    case drafts(String, String, part: String, Part, Part)
    /// A draft names a ground that is no baseline.
    case groundless(String, named: String)
    /// The baseline that a draft stands on was followed by another, and these of its parts moved with it.
    case followed(String, ground: String, by: String, moved: [Named])
    /// A draft changes a part that changed in the version since the draft began.
    case moved(String, part: String, since: ObjectID, Part, now: Part)
  }

  /// Why a draft is not compared.
  package enum Uncompared {
    /// There is no branch of the name, or the catalogue says none.
    case noBranch(String?)
    /// Its branch has no commit in common with the version.
    case noGround
  }

  package private(set) var meetings: [Meeting] = []
  /// The drafts that have nothing to compare.
  package private(set) var uncompared: [(id: String, reason: Uncompared)] = []
  /// How many drafts were compared.
  package var count: Int { drafts.count }
  /// Whether a draft comes from nothing that this version comes from.
  package var lacksGround: Bool {
    uncompared.contains { if case .noGround = $0.reason { true } else { false } }
  }

  private struct Draft {
    let modification: PendingModification
    let base: ObjectID
    /// What it changes, by names that are the same in every draft.
    let parts: [String: Part]
    var id: String { modification.id }
  }

  private var drafts: [Draft] = []

  /// Compares the drafts of a version with each other and with what changed since they began.
  ///
  /// - Parameters:
  ///   - pending: The modifications that are to come.
  ///   - head: The version.
  ///   - ledger: The baselines that drafts stand on.
  ///   - reader: Compares versions.
  /// - Throws: What reading throws.
  package init(
    among pending: PendingModifications, over head: any SourceTree, _ ledger: Ledger,
    _ reader: ChangeReader
  ) async throws {
    func tree(_ commit: ObjectID) throws -> any SourceTree {
      try reader.place.tree(at: .revision(commit.description))
    }
    for modification in pending.all {
      guard let tip = modification.tip else {
        uncompared.append(
          (modification.id, .noBranch(pending.process.branch(of: modification.id))))
        continue
      }
      guard let base = modification.base else {
        uncompared.append((modification.id, .noGround))
        continue
      }
      let changes = try await reader.changes(from: try tree(base), to: try tree(tip))
      drafts.append(
        Draft(modification: modification, base: base, parts: Self.parts(of: changes)))
    }
    for (position, one) in drafts.enumerated() {
      for other in drafts[(position + 1)...] {
        for (name, part, theirs) in Self.common(one.parts, other.parts) {
          meetings.append(.drafts(one.id, other.id, part: name, part, theirs))
        }
      }
      var told: Set<String> = []
      if let name = one.modification.draftedAgainst {
        if let ground = ledger[name]?.baseline {
          if let later = ledger.chain(of: name).max(by: { $0.order < $1.order }), later.name != name
          {
            let moved = Self.parts(
              of: try await reader.changes(
                from: try tree(ground.tag.target), to: try tree(later.tag.target)))
            let meeting = Self.common(one.parts, moved).map { (name: $0.name, part: $0.theirs) }
            meetings.append(.followed(one.id, ground: name, by: later.name, moved: meeting))
            told = Set(meeting.map(\.name))
          }
        } else {
          meetings.append(.groundless(one.id, named: name))
        }
      }
      let now = Self.parts(of: try await reader.changes(from: try tree(one.base), to: head))
      for (name, part, theirs) in Self.common(one.parts, now)
      // What both changed alike is one change.
      where !told.contains(name) && !part.isSame(as: theirs) {
        meetings.append(.moved(one.id, part: name, since: one.base, part, now: theirs))
      }
    }
  }

  /// Returns the parts that stand in both, in the order of their names.
  private static func common(
    _ parts: [String: Part], _ others: [String: Part]
  ) -> [(name: String, part: Part, theirs: Part)] {
    parts.compactMap { name, part in others[name].map { (name, part, $0) } }
      .sorted { NaturalKey($0.name) < NaturalKey($1.name) }
  }

  /// Returns what changes, by names.
  private static func parts(of changes: Changes) -> [String: Part] {
    var parts: [String: Part] = [:]
    for (register, records) in changes.registers {
      for record in records {
        guard record.kind == .changed else {
          parts[record.id] = Part(changes: [.whole(record.kind, register: register.name)])
          continue
        }
        for field in record.fields + record.references {
          let name = field.path.prefix { $0 != "[" && $0 != "." }
          parts["\(record.id):\(name)", default: Part()].changes.append(.field(field))
        }
      }
    }
    for document in changes.documents {
      let redline = document.redline
      for position in document.changes(in: redline) {
        let step = redline.steps[position]
        guard let passage = step.old ?? step.new else { continue }
        let words = passage.text.split(whereSeparator: \.isWhitespace).prefix(6)
        let name = passage.number.isEmpty ? words.joined(separator: " ") : passage.number
        parts["\(document.id) \(name)", default: Part()].changes.append(.wording(step.wording))
      }
    }
    return parts
  }
}

extension ModificationProcess {
  /// Returns the branch that has the text of a modification; `nil` where the catalogue names none.
  package func branch(of id: String) -> String? { branch?.path { $0 == "id" ? id : nil } }
}

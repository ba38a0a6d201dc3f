import Accounts
import Comparison
import Diagnostics
import Git
import Publishing
import Registry
import SourceText
import Syntax

/// An item as a card: what it is, where it stands, what it says and what refers to what.
struct CardText {
  private let card: ItemCard

  init(_ card: ItemCard) { self.card = card }

  func tell(_ session: inout Session) throws {
    if let clause = try card.clause() {
      session.output.add(escaped: clause.visible)
      tell("Cited in", card.citedIn, &session)
      return
    }
    if let part = card.part {
      let value = card.record.node[part].map { $0.text ?? $0.json }
      session.output += (value ?? "") + "\n"
      return
    }
    let title = card.record.shownTitle.map { " \($0)" } ?? ""
    session.output += "\(card.record.id)\(title)\n\n"
    let rows = facts
    let width = rows.map(\.name.count).max() ?? 0
    for (name, value) in rows {
      session.output +=
        "  \(name)\(String(repeating: " ", count: width - name.count + 2))\(value)\n"
    }
    session.output += "\n"
    for member in card.record.node.members {
      for line in ValueText.lines(member.key.text ?? "", member.value) {
        session.output += line + "\n"
      }
    }
    tell(
      "Refers to", card.refersTo.map { "\($0.id) (\($0.registers.joined(separator: ", ")))" },
      &session)
    tell("Referred to by", card.referredToBy, &session)
    tell("Named in", card.namedIn, &session)
    tell("Cited in", card.citedIn, &session)
  }

  /// What is told of the item beside what it says.
  private var facts: [(name: String, value: String)] {
    let place = card.position.map { ", number \($0) of \(card.count)" } ?? ""
    var facts = [
      ("register", "\(card.register.title)\(place)"), ("file", "\(card.record.path):\(card.line)"),
    ]
    if let state = card.record.state { facts.append(("state", state)) }
    facts += card.dates.map { ($0.field, $0.day.description) }
    if let commit = card.changed {
      let isOlder = card.isCut ? "in or before " : ""
      facts.append(
        (
          "last changed",
          "\(isOlder)\(commit.id.description.prefix(7)) \(commit.day) \(commit.subject)"
        ))
      let reasons = card.catalogue.reasons(of: commit)
      for (place, key) in reasons.map(\.key).enumerated()
      where reasons.firstIndex(where: { $0.key == key }) == place {
        let values = reasons.filter { $0.key == key }.map(\.value)
        facts.append((key.lowercased(), Self.few(values)))
      }
    }
    if card.isUncommitted {
      facts.append(
        card.changed == nil
          ? ("not committed", "no commit has it yet")
          : ("since then", "changed, and not committed"))
    }
    if let holders = card.holders {
      if !holders.same.isEmpty { facts.append(("in baselines", Self.few(holders.same))) }
      if !holders.other.isEmpty { facts.append(("with other words", Self.few(holders.other))) }
    }
    if let count = card.passages {
      facts.append(
        (
          "text",
          "\(Count(count, "passage")); print it with: registrar show \(card.record.id) --source"
        ))
    }
    return facts
  }

  /// Names what there is; of many the first and the last ones.
  private static func few(_ names: [String]) -> String {
    guard names.count > 8 else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + ", … \(names.count - 6) more …, "
      + names.suffix(3).joined(separator: ", ")
  }

  private func tell(_ title: String, _ places: [ItemCard.Place], _ session: inout Session) {
    tell(
      title,
      places.map { place in
        let line = place.path.map { path in ", \(path):\(place.line ?? 1)" } ?? ""
        return "\(place.id) (\(place.register))\(line)"
      }, &session)
  }

  private func tell(_ title: String, _ lines: [String], _ session: inout Session) {
    guard !lines.isEmpty else { return }
    session.output += "\n\(title):\n" + lines.map { "  \($0)\n" }.joined()
  }
}

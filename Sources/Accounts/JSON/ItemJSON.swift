import Baselines
package import Diagnostics
import Registry
import SourceText
import Syntax

extension ItemCard {
  /// Returns the answer in its documented form, `item`.
  ///
  /// - Returns: One object.
  /// - Throws: `Failure` where the clause that is asked for is not there.
  package func json() throws(Failure) -> JSONText {
    let text = try clause()
    return .answer(
      "item",
      [
        "register": .string(register.name), "id": .string(record.id), "part": .text(part),
        "title": .text(record.shownTitle), "state": .text(record.state),
        "path": .string(record.path.string), "line": .number(line),
        "number": position.map { .number($0) },
        "dates": .array(
          dates.map { .object(["field": .string($0.field), "day": .day($0.day)]) }),
        "changed": changed?.json(by: catalogue), "cut": .bool(isCut),
        "uncommitted": .bool(isUncommitted),
        "baselines": holders.map {
          .object(["same": .strings($0.same), "other": .strings($0.other)])
        },
        "refersTo": .array(
          refersTo.map {
            .object(["id": .string($0.id), "registers": .strings($0.registers)])
          }),
        "referredToBy": Self.json(referredToBy), "namedIn": Self.json(namedIn),
        "citedIn": Self.json(citedIn), "text": .text(text),
        "value": text == nil ? part.flatMap { record.node[$0] }.map { .written($0.json) } : nil,
        "record": part == nil ? .written(record.node.json) : nil,
      ])
  }

  private static func json(_ places: [Place]) -> JSONText {
    .array(
      places.map { place in
        .object([
          "id": .string(place.id), "register": .string(place.register),
          "path": .text(place.path?.string), "line": place.line.map { .number($0) },
        ])
      })
  }
}

extension InForceAccount {
  /// Returns the answer in its documented form, `as-of`.
  ///
  /// - Parameter item: The item that is asked for; `nil` where none is.
  /// - Returns: One object.
  package func json(_ item: ItemAsOf? = nil) -> JSONText {
    let kinds = answers.map { kind, answer, follower -> JSONText in
      switch answer {
      case .baseline(let baseline):
        .object([
          "kind": .string(kind), "baseline": .string(baseline.name),
          "effective": .text(baseline.effective), "decisions": .strings(baseline.decisions),
          "unclear": .bool(false),
          "followedBy": follower.map { version in
            .object([
              "id": .string(version.id), "register": .string(version.register),
              "effective": .day(version.day),
            ])
          },
        ])
      case .unknown(let baseline):
        .object([
          "kind": .string(kind), "baseline": .string(baseline.name), "unclear": .bool(true),
        ])
      }
    }
    return .answer(
      "as-of",
      [
        "date": .day(date), "known": .day(known), "kinds": .array(kinds),
        "item": item?.json,
      ])
  }
}

extension ItemAsOf {
  fileprivate var json: JSONText {
    switch self {
    case .unclear: .object(["standing": .string("unclear")])
    case .text(let text, let holding):
      .object([
        "standing": .string("in-force"), "id": .string(holding.id),
        "register": .string(holding.register), "baselines": .strings([holding.baseline.name]),
        "now": .text(holding.idToday), "text": .string(text),
      ])
    case .notYet(let item, let baselines):
      .object([
        "standing": .string("not-yet"), "id": .string(item), "baselines": .strings(baselines),
      ])
    case .gone(let id, let isBefore, let baselines, let commit, _):
      .object([
        "standing": .string(isBefore ? "gone" : "not-yet"), "id": .string(id),
        "baselines": .strings(baselines), "removedIn": .string(commit.description),
      ])
    }
  }
}

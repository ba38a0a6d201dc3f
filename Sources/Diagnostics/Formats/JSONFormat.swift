import SourceText

/// One object with all findings.
///
/// `version` is 1; `path`, `range` (`offset`, `line` and `column` of `start` and `end`), `code`,
/// `severity`, `message`, `item`, `commit`, `help`, `remedy` and `related` of each finding are an interface.
struct JSONFormat {
  let context: ReportContext

  func text(of diagnostics: [Diagnostic], _ places: inout Places) -> String {
    let findings = diagnostics.map { diagnostic in
      places.commit = diagnostic.commit
      return JSONText.object([
        "code": .string(diagnostic.code.rawValue),
        "severity": .string(diagnostic.severity.rawValue),
        "message": .string(diagnostic.message.text),
        "path": .string(diagnostic.range.path.string),
        "range": range(diagnostic.range, &places),
        "item": diagnostic.item.map { .string($0) },
        "waived": diagnostic.isWaived ? .bool(true) : nil,
        "commit": diagnostic.commit.map {
          .object(["id": .string($0.id), "subject": .string($0.subject)])
        },
        "help": diagnostic.help.map { .string($0) },
        "remedy": diagnostic.remedy.map { json($0, &places) },
        "related": diagnostic.related.isEmpty
          ? nil
          : .array(
            diagnostic.related.map { label in
              .object([
                "message": .string(label.message.text), "path": .string(label.range.path.string),
                "range": range(label.range, &places),
              ])
            }),
      ])
    }
    func count(_ severity: Diagnostic.Severity) -> JSONText {
      .number(diagnostics.count { $0.severity == severity && !$0.isWaived })
    }
    let document = JSONText.object([
      "version": .number(1),
      "tool": .object(["name": .string(context.tool), "version": .string(context.version)]),
      "errors": count(.error), "warnings": count(.warning), "notes": count(.note),
      "diagnostics": .array(findings),
    ])
    return document.text + "\n"
  }

  /// Returns an edit: `replace` (`range`, `text`), `set` (`range`, `value`) or `move` (`path`), and whether it changes
  /// what the file says.
  private func json(_ remedy: Remedy, _ places: inout Places) -> JSONText {
    let changes = ("changesMeaning", JSONText.bool(remedy.changesMeaning))
    switch remedy.action {
    case .replace(let place, _, let new):
      return .object([
        "kind": .string("replace"), "range": range(place, &places), "text": .string(new),
        changes.0: changes.1,
      ])
    case .set(let place, let value):
      let json: JSONText =
        switch value {
        case .text(let text): .string(text)
        case .number(let number): Int(number).map { .number($0) } ?? .string(number)
        case .truth(let value): .bool(value)
        }
      return .object([
        "kind": .string("set"), "range": range(place, &places), "value": json,
        changes.0: changes.1,
      ])
    case .move(let path):
      return .object([
        "kind": .string("move"), "path": .string(path.string), changes.0: changes.1,
      ])
    }
  }

  private func range(_ range: SourceRange, _ places: inout Places) -> JSONText? {
    guard let (start, end) = places.position(of: range) else { return nil }
    func point(_ offset: Int, _ position: LineColumn) -> JSONText {
      .object([
        "offset": .number(offset), "line": .number(position.line),
        "column": .number(position.column),
      ])
    }
    return .object([
      "start": point(range.offsets.lowerBound, start), "end": point(range.offsets.upperBound, end),
    ])
  }
}

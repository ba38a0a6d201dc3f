import Diagnostics
import Probing
import Registry
import SourceText

/// The report of a probe for people and for programs.
struct ProbeView {
  private let report: ProbeReport
  private let title: String

  init(_ report: ProbeReport, of title: String) {
    self.report = report
    self.title = title
  }

  // MARK: For people

  /// The last line, without its end.
  var summary: String {
    let (own, narrative) = (report.tally, report.narrative)
    let made = own.made + narrative.made
    let sampled = made < report.possible ? " of \(report.possible)" : ""
    let apart =
      narrative.made == 0
      ? "" : ", and \(narrative.noticed) of \(narrative.made) in the wording of free narrative"
    return "made \(made)\(sampled) slips in \(title), seed \(report.seed): "
      + "\(own.percent) % are noticed (\(own.noticed) of \(own.made))\(apart)"
  }

  func text(width: Int?) -> String {
    var rows = report.registers.filter { $0.tally.made + $0.narrative.made > 0 }.map { part in
      Self.row(part.register.name, part.tally, part.narrative)
    }
    rows.append(Self.row("all", report.tally, report.narrative))
    var text = TextTable(
      header: ["register", "slips", "noticed", "%", "as errors", "narrative", "noticed"], rows: rows
    ).text(width: width)
    for part in report.registers {
      let missed = Self.misses(in: part)
      guard !missed.isEmpty else { continue }
      text +=
        "\nNot noticed in \(part.register.name) (\(part.register.schemaPath)):\n\n"
        + TextTable(
          header: ["field", "slip", "missed", "would notice it", "for example"], rows: missed
        ).text(width: width)
    }
    return text + "\n"
  }

  private static func row(
    _ name: String, _ own: ProbeReport.Tally, _ narrative: ProbeReport.Tally
  ) -> [String] {
    [
      name, String(own.made), String(own.noticed), String(own.percent),
      String(own.bySeverity[.error] ?? 0), String(narrative.made), String(narrative.noticed),
    ]
  }

  /// Returns what is not noticed outside of free narrative, the most first.
  private static func misses(in part: ProbeReport.RegisterPart) -> [[String]] {
    var found: [(count: Int, cells: [String])] = []
    for field in part.fields {
      for row in field.rows where !(field.isNarrative && row.kind.isOfWording) {
        let count = row.tally.made - row.tally.noticed
        guard count > 0, let miss = row.misses.first else { continue }
        let example = miss.new.map { "'\(miss.old)' as '\($0)'" } ?? "'\(miss.old)' gone"
        found.append(
          (
            count,
            [
              field.way.isEmpty ? "(record)" : field.way, row.kind.words,
              "\(count) of \(row.tally.made)", row.remedies.joined(separator: "; "),
              "\(miss.item): \(example)",
            ]
          ))
      }
    }
    let order = found.indices.sorted {
      (-found[$0].count, $0) < (-found[$1].count, $1)
    }
    return order.map { found[$0].cells }
  }

  // MARK: For programs

  /// The report in the form that the page "Probe" documents.
  var json: JSONText {
    let (own, narrative) = (report.tally, report.narrative)
    return .object([
      "probe": .number(1), "source": .string(title), "seed": .written(String(report.seed)),
      "possible": .number(report.possible), "slips": Self.json(own),
      "narrative": Self.json(narrative),
      "registers": .array(report.registers.map(Self.json)),
    ])
  }

  private static func json(_ part: ProbeReport.RegisterPart) -> JSONText {
    .object([
      "register": .string(part.register.name), "schema": .string(part.register.schemaPath.string),
      "slips": json(part.tally), "narrative": json(part.narrative),
      "fields": .array(
        part.fields.map { field in
          .object([
            "field": .string(field.way), "narrative": .bool(field.isNarrative),
            "kinds": .array(field.rows.map(json)),
          ])
        }),
    ])
  }

  private static func json(_ row: ProbeReport.Row) -> JSONText {
    let codes = row.codes.sorted { $0.key < $1.key }.map { code, count in
      JSONText.object(["code": .string(code), "slips": .number(count)])
    }
    return .object([
      "kind": .string(row.kind.rawValue), "slips": json(row.tally), "codes": .array(codes),
      "missed": .array(
        row.misses.map { miss in
          .object([
            "item": .string(miss.item), "path": .string(miss.path.string),
            "line": .number(miss.place.line), "column": .number(miss.place.column),
            "old": .string(miss.old), "new": miss.new.map { .string($0) },
          ])
        }),
      "remedies": .array(row.remedies.map { .string($0) }),
    ])
  }

  private static func json(_ tally: ProbeReport.Tally) -> JSONText {
    .object([
      "made": .number(tally.made), "noticed": .number(tally.noticed),
      "error": .number(tally.bySeverity[.error] ?? 0),
      "warning": .number(tally.bySeverity[.warning] ?? 0),
      "note": .number(tally.bySeverity[.note] ?? 0),
    ])
  }
}

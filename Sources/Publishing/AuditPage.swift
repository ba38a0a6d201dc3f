package import Accounts
import Baselines
import Comparison
import Diagnostics
package import Pages
package import Registry
import SourceText
import Syntax

/// The report of an audit as a page.
package struct AuditPage {
  package private(set) var page: Page
  private let audit: ConfigurationAudit

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - audit: What was found.
  ///   - title: What the version is called.
  ///   - today: The day of the audit.
  ///   - tool: What made it, with its version.
  ///   - lines: The findings of the check, a line each.
  /// - Throws: What reading the commits behind a change throws.
  package init(
    _ audit: ConfigurationAudit, of title: String, on today: Day, by tool: String,
    _ lines: [String]
  ) throws {
    self.audit = audit
    page = Page(
      title: "Configuration audit" + (audit.code.isEmpty ? "" : ": " + audit.code),
      facts: [
        Page.Fact("Version", audit.version), Page.Fact("Day", today.words), Page.Fact("Tool", tool),
      ], footer: "\(audit.version), \(today.words), \(tool)")
    page.blocks = [.heading(level: 1, ["Baselines"]), .table(baselines(today))]
    if let since = audit.since { try add(since) }
    if let check = audit.check { add(check, title, lines) }
    addFindings()
  }

  private mutating func add(_ title: String, _ lines: [String]) {
    page.blocks.append(.heading(level: 1, [.text(title)]))
    page.blocks.append(.list(isOrdered: false, items: lines.map { [.text(.text($0))] }))
  }

  private func baselines(_ today: Day) -> Table {
    let rows = audit.entries.map { entry in
      let (baseline, verification) = (entry.baseline, entry.verification)
      let day = baseline?.effective.flatMap(Day.init)
      let isFuture = day.map { $0 > today } ?? false
      let verdict = verification.withdrawal.map { ", withdrawn by \($0.decision)" } ?? ""
      let cells = [
        verification.name, (day?.words ?? "") + (isFuture ? " (to come)" : ""),
        (baseline?.decisions ?? []).joined(separator: ", "), baseline?["Items"] ?? "",
        String(verification.waived.sorted.count),
        verification.signers.map(\.name).joined(separator: ", "), verification.words + verdict,
        baseline?["Manifest-SHA256"] ?? "",
      ]
      return Table.Row(cells.map { $0.isEmpty ? [] : [.text($0)] })
    }
    return Table(
      [
        "Baseline", "In force from", "Decision", "Items", "Waived", "Signed by", "Verdict",
        "Manifest (SHA-256)",
      ], rows: rows, widths: [4, 4, 4, 2, 2, 3, 4, 6], hasRowHeads: true)
  }

  private mutating func add(_ since: [ConfigurationAudit.Since]) throws {
    page.blocks.append(.heading(level: 1, ["Since the last baselines"]))
    guard !since.isEmpty else {
      page.blocks.append(.text("There are no baselines."))
      return
    }
    var told: [[Block]] = []
    for (kind, baseline, items) in since {
      guard let items = items?.flatMap(\.items) else {
        told.append([.text(.text("\(kind): the commit of \(baseline.name) cannot be read"))])
        continue
      }
      let what = items.isEmpty ? "nothing changed" : "\(Count(items.count, "item")) changed"
      // What has the same reasons is told once.
      var lines: [(what: String, ids: [String])] = []
      var places: [String: Int] = [:]
      for item in items {
        let reasons = try item.reasons()
        let what =
          item.kind.rawValue + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: "; "))")
        if let place = places[what] {
          lines[place].ids.append(item.id)
        } else {
          places[what] = lines.count
          lines.append((what, [item.id]))
        }
      }
      let inner = lines.map { line in
        [Block.text(.text("\(line.ids.joined(separator: ", ")) \(line.what)"))]
      }
      told.append(
        [.text(.text("\(kind): \(what) since \(baseline.name)"))]
          + (inner.isEmpty ? [] : [.list(isOrdered: false, items: inner)]))
    }
    page.blocks.append(.list(isOrdered: false, items: told))
  }

  /// Tells what the check finds, and each waiver with its reason and how much it accepts.
  private mutating func add(_ check: ConfigurationAudit.Check, _ title: String, _ lines: [String]) {
    var counts = "\(title): \(Count(check.errors, "error")), "
    if check.warnings > 0 { counts += "\(Count(check.warnings, "warning")), " }
    counts += "\(Count(check.waived, "finding")) waived."
    page.blocks += [.heading(level: 1, ["Check"]), .text(.text(counts))]
    if !lines.isEmpty {
      page.blocks.append(.list(isOrdered: false, items: lines.map { [.text(.text($0))] }))
    }
    guard !check.waivers.isEmpty else { return }
    let rows = check.waivers.map { waiver, count in
      let cells =
        [
          waiver.id, waiver.node["code"]?.text ?? "",
          (waiver.node["item"] ?? waiver.node["file"])?.text ?? "", String(count),
        ] + ["reason", "decision", "expires"].map { waiver.node[$0]?.text ?? "" }
      return Table.Row(cells.map { $0.isEmpty ? [] : [.text($0)] })
    }
    page.blocks += [
      .heading(level: 1, ["Waivers"]),
      .table(
        Table(
          ["Waiver", "Code", "Of", "Findings", "Reason", "Decision", "Until"], rows: rows,
          widths: [2, 4, 4, 2, 8, 3, 3], hasRowHeads: true)),
    ]
  }

  private mutating func addFindings() {
    let warnings = audit.check?.warnings ?? 0
    if !audit.findings.isEmpty {
      add("Findings", audit.findings)
    } else {
      let none =
        warnings > 0
        ? "None but the \(Count(warnings, "warning")) of the check, which stand above." : "None."
      page.blocks += [.heading(level: 1, ["Findings"]), .text(.text(none))]
    }
    let untagged = audit.untagged.map {
      "\($0.id) of '\($0.register)', in force from \($0.day): \($0.name)"
    }
    let overtaken = audit.overtaken.map {
      "\($0.id): \($0.state ?? ""), its text is in this version and its day of effect "
        + "\($0.effective?.description ?? "") is past"
    }
    for (title, list) in [
      ("Without a decision", audit.undecided), ("Without a baseline", untagged),
      ("In the text, and told as pending", overtaken), ("Not signed", audit.unsigned),
      ("Cannot be judged", audit.unclear),
    ]
    where !list.isEmpty {
      add(title, list)
    }
  }
}

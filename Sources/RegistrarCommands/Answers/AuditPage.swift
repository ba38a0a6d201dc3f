import Accounts
import Baselines
import Comparison
import Diagnostics
import Registry
import SourceText
import Syntax

/// The report of an audit in Markdown.
struct AuditPage {
  let text: String

  init(_ audit: ConfigurationAudit, of head: any SourceTree, on today: Day) throws {
    var page: MarkdownText = "# Configuration audit"
    if !audit.code.isEmpty { page += ": \(audit.code)" }
    let facts = TextTable(
      header: ["", ""],
      rows: [
        ["Version", audit.version], ["Day", "\(today)"],
        ["Tool", "registrar \(Registrar.version)"],
      ])
    page += "\n\n\(MarkdownText(markup: facts.markdown))\n## Baselines\n\n"
    page += MarkdownText(markup: Self.table(of: audit.entries, today).markdown)
    if let since = audit.since {
      page += "\n## Since the last baselines\n\n"
      page += try Self.text(of: since)
    }
    if let check = audit.check { page += Self.text(of: check, head) }
    page += "\n## Findings\n\n"
    let warnings = audit.check?.warnings ?? 0
    if audit.findings.isEmpty, warnings > 0 {
      page += "None but the \(Count(warnings, "warning")) of the check, which stand above.\n"
    } else if audit.findings.isEmpty {
      page += "None.\n"
    }
    for finding in audit.findings { page += "- \(finding)\n" }
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
      page += "\n## \(title)\n\n"
      for words in list { page += "- \(words)\n" }
    }
    text = page.text
  }

  private static func table(of entries: [ConfigurationAudit.Entry], _ today: Day) -> TextTable {
    let rows = entries.map { entry in
      let (baseline, verification) = (entry.baseline, entry.verification)
      let isFuture = baseline?.effective.flatMap(Day.init).map { $0 > today } ?? false
      let verdict = verification.withdrawal.map { ", withdrawn by \($0.decision)" } ?? ""
      return [
        verification.name, (baseline?.effective ?? "") + (isFuture ? " (to come)" : ""),
        (baseline?.decisions ?? []).joined(separator: ", "), baseline?["Items"] ?? "",
        String(verification.waived.sorted.count),
        baseline?["Manifest-SHA256"] ?? "",
        verification.signers.map(\.name).joined(separator: ", "), verification.words + verdict,
      ]
    }
    return TextTable(
      header: [
        "baseline", "in force from", "decision", "items", "waived", "manifest (SHA-256)",
        "signed by", "verdict",
      ], rows: rows)
  }

  private static func text(of since: [ConfigurationAudit.Since]) throws -> MarkdownText {
    var text: MarkdownText = since.isEmpty ? "There are no baselines.\n" : ""
    for (kind, baseline, items) in since {
      guard let items = items?.flatMap(\.items) else {
        text += "- \(kind): the commit of \(baseline.name) cannot be read\n"
        continue
      }
      let what = items.isEmpty ? "nothing changed" : "\(Count(items.count, "item")) changed"
      text += "- \(kind): \(what) since \(baseline.name)\n"
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
      for line in lines { text += "  - \(line.ids.joined(separator: ", ")) \(line.what)\n" }
    }
    return text
  }

  /// Tells what the check finds, and each waiver with its reason and how much it accepts.
  private static func text(
    of check: ConfigurationAudit.Check, _ head: any SourceTree
  ) -> MarkdownText {
    var text: MarkdownText = "\n## Check\n\n\(head.title): \(Count(check.errors, "error")), "
    if check.warnings > 0 { text += "\(Count(check.warnings, "warning")), " }
    text += "\(Count(check.waived, "finding")) waived.\n"
    if !check.report.isEmpty {
      let context = ReportContext(
        tool: "registrar", version: Registrar.version,
        source: { path, _ in Findings.source(at: path, in: head) })
      text += "\n"
      for line in check.report.text(as: .concise, in: context).split(separator: "\n") {
        text += "- \(line)\n"
      }
    }
    guard !check.waivers.isEmpty else { return text }
    text += "\n## Waivers\n\n"
    let rows = check.waivers.map { waiver, count in
      [
        waiver.id, waiver.node["code"]?.text ?? "",
        (waiver.node["item"] ?? waiver.node["file"])?.text ?? "", String(count),
      ] + ["reason", "decision", "expires"].map { waiver.node[$0]?.text ?? "" }
    }
    let table = TextTable(
      header: ["waiver", "code", "of", "findings", "reason", "decision", "until"], rows: rows)
    text += MarkdownText(markup: table.markdown)
    return text
  }
}

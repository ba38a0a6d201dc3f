/// Examples of every command, which `--help` shows below what the command takes.
enum Examples {
  /// The examples of a command, by its words; none where there is no such command.
  static func of(_ command: [String]) -> [String] { all[command.joined(separator: " ")] ?? [] }

  /// The section of a command's help; empty where there are no examples.
  static func section(of command: [String]) -> String {
    let lines = of(command).map { "  \($0)\n" }.joined()
    return lines.isEmpty ? "" : "\nEXAMPLES:\n" + lines
  }

  static let all: [String: [String]] = [
    "check": [
      "registrar check", "registrar check risks SECP39/10", "registrar check --range main..HEAD",
      "registrar check --at sec/5.0 --format sarif", "registrar check --fix --dry-run",
    ],
    "diff": [
      "registrar diff", "registrar diff sec/5.0 sec/5.2 clauses",
      "registrar diff sec/5.0 HEAD --format html --output redline.html",
    ],
    "log": ["registrar log SECP-R15:statement", "registrar log --decision 'SECP39#7'"],
    "blame": ["registrar blame TABASC15/05", "registrar blame SEC-H:H8.4"],
    "list": [
      "registrar list", "registrar list risks --where 'rag == \"RED\"' --sort -severity",
      "registrar list actions --fields id,owner --format csv",
    ],
    "show": ["registrar show SECP-R15", "registrar show SEC-H:H8.4 --at sec/5.0"],
    "set": [
      "registrar set TABASC17/01 status=ongoing 'updates+={meeting: TABASC18, status: ongoing, text: Under way.}'",
      "registrar set DP083 affects+=SEC-D affects-=SEC-H "
        + "'history+={date: 2019-06-30, text: Appendix D., source: {document: S3, lines: 1}}'",
      "registrar set 'H:H8.4' 'text=H8.4 This schedule sets out the following.' --dry-run",
    ],
    "new": [
      "registrar new risks --series SECP-R 'statement=There is a risk that …' status=proposed impact=3 "
        + "likelihood=2 rag=AMBER 'mitigations=[{text: More slots.}]' "
        + "'history=[{meeting: SECP69, status: proposed}]' 'sources=[{document: S3, lines: 1}]'",
      "registrar new actions --series TABASC46/ body=TABASC owner=SECAS 'text=SECAS to report.' "
        + "status=open 'sources=[{document: S3, lines: 1}]' --dry-run",
      "registrar new meetings id=SECP70 body=SECP month=2019-07 'sources=[{document: S3, lines: 1}]'",
    ],
    "rename": [
      "registrar rename TABASC-R8 TABASC-R16 'history+={meeting: TABASC18, text: Renumbered.}' --dry-run",
      "registrar rename risks/SECP-R18 SECP-R19 'history+={meeting: SECP69, text: Renumbered.}' "
        + "--commit -m 'A number of its own' --decision SECP69",
    ],
    "eval": [
      "registrar eval 'impact * likelihood' --item SECP-R15",
      "registrar eval 'size(records(\"risks\"))'",
    ],
    "explain": ["registrar explain record/misplaced", "registrar explain"],
    "as-of": ["registrar as-of 2016-12-09", "registrar as-of 2017-03-31 TABASC15/05"],
    "next": ["registrar next", "registrar next --collisions"],
    "status": ["registrar status", "registrar status --items --format csv"],
    "audit": ["registrar audit", "registrar audit --output audit.md"],
    "init": ["registrar init code --template example", "registrar init --template sec"],
    "baseline create": [
      "registrar baseline create sec/5.23 --effective 2018-10-04 --decision 'SECP60#7'"
    ],
    "baseline verify": [
      "registrar baseline verify", "registrar baseline verify sec/5.0 --signers allowed_signers",
    ],
    "baseline list": ["registrar baseline list", "registrar baseline list --no-verify"],
    "baseline show": ["registrar baseline show sec/5.0"],
    "baseline items": [
      "registrar baseline items", "registrar baseline items sec/5.0 risks --format csv",
    ],
    "baseline notes": [
      "registrar baseline notes sec/4.17 sec/5.0",
      "registrar baseline notes sec/4.17 sec/5.0 --output notes.docx",
    ],
    "baseline manifest": ["registrar baseline manifest sec/5.0"],
    "baseline sign": ["registrar baseline sign sec/5.0"],
    "baseline withdraw": ["registrar baseline withdraw sec/5.0 --decision 'SECP40#3'"],
    "baseline pin": ["registrar baseline pin"],
    "baseline export": ["registrar baseline export sec/5.0 --output sec-5.0.tar.gz"],
    "hook install": ["registrar hook install"],
    "hook ci": ["registrar hook ci --for github"],
    "hook status": ["registrar hook status"],
    "hook uninstall": ["registrar hook uninstall"],
    "schema check": ["registrar schema check"],
    "schema test": ["registrar schema test tests.json"],
    "schema probe": ["registrar schema probe", "registrar schema probe --slips 10000 --seed 2"],
    "schema settings": [
      "registrar schema settings --editor vscode --lists --output .vscode/settings.json"
    ],
    "schema answer": ["registrar schema answer", "registrar schema answer status"],
  ]
}

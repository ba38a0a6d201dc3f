import Foundation
import RegistrarTestSupport
import Testing

@testable import RegistrarCommands

/// A repository with a register of records, a list, a document, two baselines and a rule.
private func repository() throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        """
        catalogue: 1
        title: SEC
        baselines: {sec: {tag: 'sec/{version}'}}
        trailers:
          Decision: {names: [decisions], example: 'SECP39#24'}
        registers:
          risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}
          documents: {title: Documents, path: 'sec/{id}.md', shape: document, schema: risk.schema.json}
          decisions: {title: Decisions, path: decisions.yaml, shape: list, schema: risk.schema.json}

        """),
      .write(
        "schema/risk.schema.json",
        #"{"type": "object", "properties": {"id": {"type": "string"}, "rag": {"enum": ["RED", "AMBER"]}, "impact": {}}}"#
      ),
      .write("registers/risks/SECP-R1.yaml", "id: SECP-R1\nrag: RED\nimpact: 2\n"),
      .write("registers/risks/SECP-R2.yaml", "id: SECP-R2\n"),
      .write("registers/sec/SEC-H.md", "---\nid: SEC-H\n---\n\nH8.4 One.\n\nH8.5 Two.\n"),
      .write("registers/decisions.yaml", "- {id: 'SECP39#24'}\n- {id: 'SECP40#1'}\n")),
    .tag("sec/1.0"))
  return history
}

/// Asks bash what can stand at the end of lines, as it asks when somebody presses the tabulator.
private func bash(
  _ lines: [String], in folder: String, _ history: TestRepository
) throws -> [String] {
  let script = #"""
    source <(registrar --generate-completion-script bash)
    ask() {
      local word
      COMP_LINE="$1" COMP_POINT=${#1} COMP_WORDS=() COMPREPLY=()
      for word in $1; do
        while [[ $word =~ ^([^:=]*)([:=]+)(.*)$ ]]; do
          [[ -n ${BASH_REMATCH[1]} ]] && COMP_WORDS+=("${BASH_REMATCH[1]}")
          COMP_WORDS+=("${BASH_REMATCH[2]}"); word=${BASH_REMATCH[3]}
        done
        [[ -n $word ]] && COMP_WORDS+=("$word")
      done
      [[ $1 = *[\ :=] ]] && COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      "$(complete -p registrar | sed 's/.*-F \([^ ]*\) .*/\1/')" registrar "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
      echo "${COMPREPLY[*]}"
    }
    while IFS= read -r line; do ask "$line"; done
    """#
  let result = try runProgram(
    ["bash", "-c", script], in: folder, environment: history.environmentWithPrograms,
    input: Array((lines.joined(separator: "\n") + "\n").utf8))
  #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    .map(String.init)
}

@Test func `bash completes registers, ids, parts, fields, values, tags, codes and files`() throws {
  let history = try repository()
  let asked: [(line: String, found: String)] = [
    ("registrar sta", "status"),
    ("registrar list ris", "risks"),
    ("registrar show SECP-", "SECP-R1 SECP-R2"),
    ("registrar show SEC-H:H8", "H8.4 H8.5"),
    ("registrar log SECP-R1:im", "impact"),
    ("registrar check reg", "registers"),
    ("registrar check registers/ri", "registers/risks"),
    ("registrar check risks SECP-R2 SECP39#", "SECP39#24"),
    ("registrar -C registers check sec/SE", "sec/SEC-H.md"),
    ("registrar check --at se", "sec/1.0"),
    ("registrar check --range sec/1.0..HE", "sec/1.0..HEAD"),
    ("registrar diff sec/1.0 decis", "decisions"),
    ("registrar list risks --fields id,ra", "id,rag"),
    ("registrar list risks --sort -im", "-impact"),
    ("registrar log --decision SECP4", "SECP40#1"),
    ("registrar set SECP-R1 ra", "rag="),
    ("registrar set SECP-R1 rag=A", "AMBER"),
    ("registrar new risks im", "impact="),
    ("registrar baseline show s", "sec/1.0"),
    ("registrar baseline items sec/1.0 doc", "documents"),
    ("registrar as-of 2016-12-09 SECP-R1", "SECP-R1"),
    ("registrar explain record/dup", "record/duplicate-id"),
    ("registrar schema answer doc", "document-log"),
    ("registrar status --format m", "markdown"),
    ("registrar show NONE", ""),
  ]
  let found = try bash(asked.map(\.line), in: history.path, history)
  #expect(found.count == asked.count)
  for ((line, expected), found) in zip(asked, found) { #expect(found == expected, "\(line)") }
}

@Test func `bash completes where there is no repository, without a word of error`() throws {
  let history = try repository()
  let folder = try TemporaryFolder()
  let found = try bash(
    ["registrar show S", "registrar explain csv/t", "registrar check --at v"], in: folder.path,
    history)
  #expect(found == ["", "csv/title", ""])
}

@Test(arguments: ["zsh", "fish"])
func `other shells ask the program for names as bash does`(_ shell: String) async throws {
  let history = try repository()
  let (status, script) = await registrar(history, "--generate-completion-script", shell)
  #expect(status == 0 && script.contains("---completion show -- positional@0"))
  var session = Session(workingDirectory: history.path, environment: history.environment)
  session.environment["SAP_SHELL"] = shell
  let words = [
    "---completion", "show", "--", "positional@0", "2", "5", "registrar", "show", "SEC-H:H8.5",
  ]
  #expect(await Registrar.run(words, in: &session) == 0)
  // The cursor stands behind 'SEC-H'.
  #expect(session.output.text == (shell == "zsh" ? "SEC-H\n \n" : "SEC-H\n"))
  session.output = Output()
  #expect(await Registrar.run(words.map { $0 == "5" ? "9" : $0 }, in: &session) == 0)
  #expect(session.output.text.hasPrefix(shell == "zsh" ? "SEC-H\\:H8.4\n" : "SEC-H:H8.4\n"))
}

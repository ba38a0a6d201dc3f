package import Diagnostics
import Syntax

extension Explanation {
  /// The pages on files and the catalogue.
  package static let registers: [Explanation] = [
    Explanation(
      .missingCatalogue,
      what: "There is no catalogue.",
      why: "Without it nothing says which registers there are.",
      mend: "Run registrar in a configuration repository, or write schema/catalogue.yaml.",
      bad: "(no schema/catalogue.yaml)",
      good: """
        catalogue: 1
        title: …
        registers: …
        """
    ),
    Explanation(
      .catalogueVersion,
      what: "The catalogue does not say catalogue: 1.",
      why: "The number tells which format the file has.",
      mend: "Write catalogue: 1, or use a release of registrar that knows the format.",
      bad: "title: Smart Energy Code",
      good: """
        catalogue: 1
        title: Smart Energy Code
        """
    ),
    Explanation(
      .badCatalogue,
      what: "Something in the catalogue is not as its format asks.",
      why: "The register it speaks of is not checked.",
      mend: """
        Compare it with this: registers has for each register title, path, shape (record, list, table or \
        document) and schema, and may have id ({property, pattern, near}), order, columns, classification, \
        numbering and rules. Beside registers there may be classes, calendars, numbering, baselines, \
        modifications, variations, roles, trailers and remotes.
        """,
      bad: "shape: yaml",
      good: "shape: record"
    ),
    Explanation(
      .unjudged,
      what: "Something changed whose rules cannot be read.",
      why: "What nobody can judge does not pass: under a broken schema any record would.",
      mend: "Mend the schema or the catalogue first, or in the same commit.",
      bad: "(a new risk, while schema/risk.schema.json lacks its last brace)",
      good: "(the brace, then the risk)"
    ),
    Explanation(
      .vainWaiver,
      what: "A waiver names a code that says that something was not looked at.",
      why: "Nobody can accept what nobody has read: behind it any error would be hidden.",
      mend: "Remove the waiver, and mend what it names.",
      bad: "{code: source/conflict, file: registers/risks/R2.yaml, reason: Later}",
      good: "# no waiver, and the conflict is resolved"
    ),
    Explanation(
      .unknownCatalogueField,
      what: "The catalogue names a field, or a state, that no record of the register can have.",
      why: "A rule about it finds nothing, whatever the records say; a column stays empty.",
      mend: "Correct the name, or add the field to the schema of the register.",
      bad: "columns: [id, ownr]",
      good: "columns: [id, owner]"
    ),
    Explanation(
      .hidingClass,
      what: """
        Records may say their class and need not, and those that say none get a class that is not the highest.
        """,
      why: "Whoever forgets to classify a record publishes it.",
      mend: "Give the highest class, or none and let the schema require the field.",
      bad: "classification: White    # of White, Green, Amber, Red",
      good: "classification: Red"
    ),
    Explanation(
      .unknownRegister,
      what: "A schema refers to a register that does not exist.",
      why: "No value can be right, or none is checked.",
      mend: "Correct the name of the register.",
      bad: "\"x-references\": \"meeting\"",
      good: "\"x-references\": \"meetings\""
    ),
    Explanation(
      .noEffect,
      what:
        "A keyword of registrar, or something that it names, can have no effect where it stands.",
      why: "Who wrote it believes that something is checked, and nothing is.",
      mend: "Put it where the message says, or correct the name.",
      bad: "\"log\": {\"type\": \"object\", \"x-append-only\": true}",
      good: "\"log\": {\"type\": \"array\", \"x-append-only\": true}"
    ),
    Explanation(
      .missingSchema,
      what: "The schema of a register is not there or cannot be read.",
      why: "The records of the register are not checked.",
      mend: "Write the file, or correct its name in the catalogue.",
      bad: "schema: risks.schema.json",
      good: "schema: risk.schema.json"
    ),
    Explanation(
      .missingID,
      what: "A record has no id.",
      why: "Nothing can refer to it, and no comparison can say what became of it.",
      mend: "Give it the property that the catalogue names as the id of the register.",
      bad: "- name: North",
      good: """
        - id: N1
          name: North
        """
    ),
    Explanation(
      .unreadableFile,
      what: "The system refuses to give the bytes of a file.",
      why: "What cannot be read is not checked.",
      mend: "Look at its permissions and at the disk.",
      bad: "-rw------- another user",
      good: "-rw-r--r--"
    ),
    Explanation(
      .notAFile,
      what: "Something else than a file stands where a file belongs.",
      why: "A folder or a pipe with the name of a record is not a record.",
      mend: "Remove or rename it.",
      bad: "registers/risks/R1.yaml/ (a folder)",
      good: "registers/risks/R1.yaml (a file)"
    ),
    Explanation(
      .link,
      what: "A symbolic link stands below registers/.",
      why: "What it points to may be anywhere and is not under configuration control.",
      mend: "Put the file itself here.",
      bad: "risks.csv -> /tmp/risks.csv",
      good: "risks.csv"
    ),
    Explanation(
      .ignoredFile,
      what: "A file stands where a register has its files, and .gitignore names it.",
      why: "No commit will have it, so that it is in no register, although it lies there.",
      mend: "Add it by force, or take it out of registers/.",
      bad: "registers/risks/R9.yaml (.gitignore: R9.yaml)",
      good: "registers/risks/R9.yaml (git add --force)"
    ),
    Explanation(
      .submodule,
      what: "A submodule stands below registers/.",
      why: "Its files belong to another repository and are not checked here.",
      mend: "Keep registers in this repository.",
      bad: "registers/external (a commit of another repository)",
      good: "registers/external.csv"
    ),
    Explanation(
      .conflict,
      what: "A merge left a file in conflict: it has Git's marks, or Git's index holds both sides.",
      why: "It has several contents until somebody decides.",
      mend: "Keep what holds of both sides, remove the lines of marks, and add the file.",
      bad: "<<<<<<< HEAD",
      good: "the text as it is to be"
    ),
    Explanation(
      .largeFilePointer,
      what: "A file is a pointer of Git LFS.",
      why: "The text itself is not in the repository.",
      mend: "Take the file out of Git LFS.",
      bad: "version https://git-lfs.github.com/spec/v1",
      good: "id: TABASC15/05"
    ),
    Explanation(
      .overlap,
      what: "Two registers claim the same file.",
      why: "It is open which schema holds.",
      mend: "Change one of their paths in the catalogue.",
      bad: "path: risks/{id}.yaml twice",
      good: "path: risks/panel/{id}.yaml and risks/tabasc/{id}.yaml"
    ),
    Explanation(
      .notAList,
      what: "A file that lists records is not a list.",
      why: "Records in it begin with a dash.",
      mend: "Begin each record with a dash and its id.",
      bad: "BAD: Business Architecture Document",
      good: """
        - id: BAD
          expansion: Business Architecture Document
        """
    ),
  ]
}

package import Diagnostics
import Registry

extension Explanation {
  /// The pages on rules across records.
  package static let rules: [Explanation] = [
    Explanation(
      .duplicateKey,
      what:
        "Two elements of a list have the same value of the property that elements are known by.",
      why: "Nobody can say which of them an earlier version speaks of.",
      mend: "Give one of the two another value.",
      bad: "acts: [{nr: 1, …}, {nr: 1, …}]",
      good: "acts: [{nr: 1, …}, {nr: 2, …}]"
    ),
    Explanation(
      .strayFile,
      what: "A file below registers/ belongs to no register.",
      why: "Nobody checks it; most such files have a name with a typing error.",
      mend: "Name it as the register asks, remove it, or add a register to the catalogue.",
      bad: "registers/actions/TABASC15-05.yml",
      good: "registers/actions/TABASC/TABASC15-05.yaml"
    ),
    Explanation(
      .implausibleYear, severity: .warning,
      what: "A date is of a year before 1900 or after 2200.",
      why: "It is most likely a slip, and every deadline before or after it is wrong.",
      mend: "Correct the year.",
      bad: "held: 0027-01-08",
      good: "held: 2027-01-08"
    ),
    Explanation(
      .unportableName,
      what: "A file or folder has a name that Windows cannot hold.",
      why: "Who clones the repository there gets an error, or a part of it only.",
      mend:
        "Give it a name without the signs < > : \" | ? * and \\, without a full stop or a space at its end, and none of a device such as CON.",
      bad: "registers/risks/CON.yaml",
      good: "registers/risks/CON-1.yaml"
    ),
    Explanation(
      .collidingNames,
      what:
        "Two files or folders beside each other have names that differ in capitals, or in how accents are written.",
      why:
        "On Windows and macOS they are one: what is read there is one of the two, and the other is taken for changed.",
      mend: "Rename one of the two.",
      bad: "registers/risks/Ra.yaml and registers/risks/RA.yaml",
      good: "registers/risks/Ra.yaml and registers/risks/RA2.yaml"
    ),
    Explanation(
      .unseenInID,
      what: "An id has a character that nobody sees, such as a space at its end.",
      why: "Who reads the id and writes it again writes another one.",
      mend: "Leave the character out, in what refers to the record too.",
      bad: "id: 'R1 '",
      good: "id: R1"
    ),
    Explanation(
      .lookAlikeID,
      what:
        "An id looks like another one: it has a letter of another alphabet, or differs in capitals alone.",
      why: "Whoever cites it means the other.",
      mend: "Write it with the letters of the others, or give it an id of its own.",
      bad: "id: R\u{410}    # a Cyrillic letter",
      good: "id: RA"
    ),
    Explanation(
      .irregularID,
      what: "An id does not have the regular form of its register.",
      why: "Who searches for the regular form does not find it.",
      mend: "Write the id in the form that the message offers.",
      bad: "id: TABASC Action 15/09",
      good: "id: TABASC15/09"
    ),
    Explanation(
      .duplicateID,
      what: "Two records of a register have the same id.",
      why: "A reference to it names either.",
      mend: "Give one of the two another id.",
      bad: """
        - id: BAD
        - id: BAD
        """,
      good: """
        - id: BAD
        - id: BCDR
        """
    ),
    Explanation(
      .misplaced,
      what: "A record stands in a file with the name of another.",
      why: "Who knows an id looks for its file.",
      mend: "Rename the file as the message says, or correct the id.",
      bad: "registers/actions/TABASC/TABASC15-06.yaml with id: TABASC15/05",
      good: "registers/actions/TABASC/TABASC15-05.yaml with id: TABASC15/05"
    ),
    Explanation(
      .copy,
      what: "A file has the id of another record, which stands in its right place.",
      why: "Most often a file manager made a copy; an id that names two records names none.",
      mend: "Remove the copy, or give its record the next id and name the file by it.",
      bad: "registers/actions/TABASC/TABASC15-05 - Copy.yaml",
      good: "registers/actions/TABASC/TABASC15-06.yaml with id: TABASC15/06"
    ),
    Explanation(
      .unresolvedReference,
      what: "A reference names a record that does not exist.",
      why: "Its reader believes there is something to find.",
      mend: "Correct the id, or add the record.",
      bad: "meeting: SECP93",
      good: "meeting: SECP39"
    ),
    Explanation(
      .nearReference,
      what: "A reference is written in a form that people use and the register does not.",
      why: "A search for the regular form does not find it.",
      mend: "Write the regular form.",
      bad: "associated_risk: TABASC 10",
      good: "associated_risk: TABASC-R10"
    ),
    Explanation(
      .notUnique,
      what: "Two records share a value that must be unique.",
      why: "What identifies a thing elsewhere belongs to one record.",
      mend: "Correct one of the two.",
      bad: "mpid: ABCD in two rows",
      good: "mpid: ABCD and mpid: EFGH"
    ),
    Explanation(
      .computedDiffers,
      what: "A stored value differs from what its schema computes.",
      why: "Readers trust the value, and it no longer follows from what it is made of.",
      mend: "Write the value that the message gives, or correct the fields that it is made of.",
      bad: """
        impact: 3
        likelihood: 4
        severity: 9
        """,
      good: """
        impact: 3
        likelihood: 4
        severity: 12
        """
    ),
    Explanation(
      .brokenRule,
      what: "A rule that the schema states in an expression does not hold for a record.",
      why: "The schema says it of every record; the message says what it is.",
      mend: "Correct the record as the message says.",
      bad: "closes: 2016-01-01 in a consultation that was issued on 2016-02-01",
      good: "closes: 2016-03-01"
    ),
    Explanation(
      .failedRule,
      what: "A rule of the schema has no answer for a record.",
      why: "What is not decided is not checked.",
      mend: "Complete the record, or let the rule ask with has() whether a field is there.",
      bad: #""rule": "self.closes > self.issued" where some records lack 'closes'"#,
      good: #""rule": "!has(self.closes) || self.closes > self.issued""#
    ),
    Explanation(
      .badExpression,
      what: "A schema has a rule whose expression is none.",
      why: "The rule would check nothing.",
      mend: "Correct the expression; try it with registrar eval.",
      bad: #""x-computed": "self.impact x self.likelihood""#,
      good: #""x-computed": "self.impact * self.likelihood""#
    ),
  ]
}

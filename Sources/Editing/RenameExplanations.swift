package import Diagnostics

extension Diagnostic.Code {
  /// A range of ids would say something else.
  package static let renamedRange: Self = "rename/range"
  /// What is final keeps the name that a record had.
  package static let keptName: Self = "rename/kept"
  /// An id stands as a word that may mean something else.
  package static let wordAsName: Self = "rename/word"
  /// Catalogue or schemas name a record.
  package static let nameInRules: Self = "rename/rules"
  /// A record has had an id before, and there is no room for a second one.
  package static let noRoomForFormerID: Self = "rename/formerly"
}

extension Explanation {
  /// The pages on renaming.
  package static let renaming: [Explanation] = [
    Explanation(
      .renamedRange,
      what: "A text names a range of ids, which would have other records in it after a renaming.",
      why: "A range is read by its ends: nobody sees that one of its records has left it.",
      mend: "Write the ids out that the range has, and rename then.",
      bad: "see SECP-R10 to SECP-R14    # and SECP-R14 is to be SECP-R20",
      good: "see SECP-R10, SECP-R11, SECP-R12, SECP-R13 and SECP-R14"
    ),
    Explanation(
      .keptName,
      what: "A text that is final names a record that gets another id, and keeps the name.",
      why:
        "What was approved stays as it was approved; the record says with 'formerly' that it is meant.",
      mend: "Leave it. Where the register has no field 'formerly', let its schema have one.",
      bad: "the minutes of an approved meeting, with the new id written into them",
      good: "formerly: [SECP-R14]"
    ),
    Explanation(
      .wordAsName,
      what:
        "The id of a record that is renamed stands in texts where it may be a word like others.",
      why: "'White' is a class and a colour; a program cannot tell which is meant.",
      mend: "Look for the word with git grep, and change it where the record is meant.",
      bad: "the White papers of the Government    # after a renaming of the class White",
      good: "the white papers of the Government"
    ),
    Explanation(
      .nameInRules, severity: .warning,
      what: "Catalogue or schemas name a record that gets another id.",
      why: "They judge what may be written, and are changed by people alone.",
      mend: "Change the rule by hand, in the same commit, where the record is meant.",
      bad: "where: {actions: self.body == 'SECP'}    # and SECP is to be PANEL",
      good: "where: {actions: self.body == 'PANEL'}"
    ),
    Explanation(
      .noRoomForFormerID,
      what: "A record had another id before, and its register notes one former id only.",
      why: "Whoever knows the record by its first id would not find it any more.",
      mend: "Let the schema take a list for 'formerly', or keep the id.",
      bad: "formerly: DP079    # and MP079 is to be renamed again",
      good: "formerly: [DP079, MP079]"
    ),
  ]
}

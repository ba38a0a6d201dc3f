package import Diagnostics

extension Explanation {
  /// The pages on rules that a catalogue switches on.
  package static let registerRules: [Explanation] = [
    Explanation(
      .duplicateClause,
      what: "Two clauses of a document have one number.",
      why: "Nobody can say which of them a citation means.",
      mend: "Give the second the next free number.",
      bad: "H8.4 One.\n\nH8.4 Two.",
      good: "H8.4 One.\n\nH8.4A Two."
    ),
    Explanation(
      .clauseOrder,
      what: "A clause stands behind one with a higher number.",
      why: "Readers look for it where its number says.",
      mend: "Move it to its place, or give it the next number.",
      bad: "H8.5 Two.\n\nH8.4 One.",
      good: "H8.4 One.\n\nH8.5 Two."
    ),
    Explanation(
      .clauseGap, severity: .warning,
      what: "The number of a clause is missing.",
      why: "Readers ask what was there, and whether it was lost.",
      mend: "Number the clause next, or keep the number with the words 'Not used'.",
      bad: "H8.4 One.\n\nH8.6 Two.",
      good: "H8.4 One.\n\nH8.5 Not used.\n\nH8.6 Two."
    ),
    Explanation(
      .unresolvedClause,
      what: "A text cites a clause that its document has not.",
      why: "Whoever follows the citation finds nothing, or something else one day.",
      mend: "Cite the clause that is meant now.",
      bad: "In accordance with Section H8.9    # H8 ends with H8.8",
      good: "In accordance with Section H8.8"
    ),
    Explanation(
      .renumberedClause, severity: .warning,
      what: "A text cites a clause by the number that it had before.",
      why: "The number leads to another clause now.",
      mend:
        "Cite the new number. Where the clause that has the number now is meant, nothing is to be done.",
      bad: "In accordance with Section H8.4    # which is H8.5 now",
      good: "In accordance with Section H8.5"
    ),
    Explanation(
      .unusedClause, severity: .warning,
      what: "A text cites a clause whose number is kept and that says nothing any more.",
      why: "Whoever follows the citation finds the words 'Not used'.",
      mend: "Cite the clause that says it now, or take the citation out.",
      bad: "In accordance with Section H8.5    # which is 'Not used'",
      good: "In accordance with Section H8.4"
    ),
    Explanation(
      .inactiveClause,
      what: "A text cites a clause that is not in force.",
      why: "A clause marked {.inactive} is part of the text and has no effect yet.",
      mend: "Say so where it is cited, or cite it when it is in force.",
      bad: "The DCC shall act under Section H8.5    # H8.5 … {.inactive}",
      good: "The DCC shall act under Section H8.4"
    ),
    Explanation(
      .unresolvedDocument,
      what: "A text names a document that the register of documents has not.",
      why: "Readers look for it in vain.",
      mend: "Name a document that is there, or add it to the register.",
      bad: "as Schedule 99 says",
      good: "as Schedule 9 says"
    ),
    Explanation(
      .unresolvedLink,
      what: "A link of a document leads to no document, or to no clause of one.",
      why: "Pages that are made of it have a link that does nothing.",
      mend: "Link to a document and to an anchor or a number that it has.",
      bad: "[the schedule](H.md#maintenence)",
      good: "[the schedule](H.md#maintenance)"
    ),
    Explanation(
      .numberingGap,
      what: "A number of a series is missing.",
      why: "Readers ask what was there, and whether it was lost.",
      mend: "Add the record, or a tombstone that says what became of it.",
      bad: """
        - id: SECP-R1
        - id: SECP-R3
        """,
      good: """
        - id: SECP-R1
        - id: SECP-R2
        - id: SECP-R3
        """
    ),
    Explanation(
      .tombstoneAlive,
      what: "A record has an id that has a tombstone.",
      why: "Minutes of years ago still name the old record by it.",
      mend: "Give the record the next free id, or remove the tombstone if it was wrong.",
      bad: "- id: SECP-R2",
      good: "- id: SECP-R4"
    ),
    Explanation(
      .undeclaredRenumbering,
      what: "A record says the same as one that is gone, under another id, and does not say so.",
      why: "Every paper that names the old number leads astray.",
      mend: "Add 'formerly' with the old id, and let references follow.",
      bad: """
        - {id: R1, statement: The paper is late}
        # before:
        #   - {id: R9, statement: The paper is late}
        """,
      good: "- {id: R1, formerly: R9, statement: The paper is late}"
    ),
    Explanation(
      .vanished,
      what: "A record that was open is gone.",
      why: "What nobody closed is still owed, and now nobody sees it.",
      mend: "Put it back with its end, or add a tombstone with the reason.",
      bad: """
        - {id: TABASC16/03, status: open}
        # before:
        #   - {id: TABASC16/01, status: closed}
        #   - {id: TABASC16/02, status: ongoing}
        #   - {id: TABASC16/03, status: open}
        """,
      good: """
        - {id: TABASC16/02, status: closed}
        - {id: TABASC16/03, status: open}
        """
    ),
    Explanation(
      .overdue, severity: .warning,
      what: "Something is past due and open.",
      why: "A due date that passes in silence is none.",
      mend: "Close it, or say in an update why it goes on and agree on a new date.",
      bad: """
        - id: TABASC15/01
          due: TABASC16
          status: open
          updates: [{meeting: TABASC15}]
        - id: TABASC15/02
          status: open
          updates: [{meeting: TABASC17}]
        """,
      good: """
        - id: TABASC15/01
          due: TABASC16
          status: closed
          updates: [{meeting: TABASC16}]
        - id: TABASC15/02
          status: open
          updates: [{meeting: TABASC17}]
        """
    ),
    Explanation(
      .dueSlipped,
      what: "A due date was moved to a later one.",
      why: "Small steps hide how late a thing is.",
      mend: "Say in an update why.",
      bad: """
        - {id: A1, due: 2017-04-01, status: open}
        # before:
        #   - {id: A1, due: 2017-03-01, status: open}
        """,
      good: "- {id: A1, due: 2017-03-01, status: open}"
    ),
    Explanation(
      .outOfOrder, severity: .warning,
      what: "A record stands in its file where another one belongs.",
      why: "Who reads the file looks for it elsewhere.",
      mend: "Order the records of the file as the register is ordered.",
      bad: """
        - id: R10
        - id: R9
        """,
      good: """
        - id: R9
        - id: R10
        """
    ),
    Explanation(
      .ragUneven,
      what: "A RAG status is better than that of another record with the same severity.",
      why: "Readers ask why, and the committee should know.",
      mend: "Look whether both are meant.",
      bad: """
        - {id: R1, severity: 9, rag: AMBER}
        - {id: R2, severity: 9, rag: GREEN}
        """,
      good: """
        - {id: R1, severity: 9, rag: AMBER}
        - {id: R2, severity: 8, rag: GREEN}
        """
    ),
    Explanation(
      .ragUnexplained,
      what: "A RAG status changed without a word of why.",
      why: "Members ask at the meeting what changed.",
      mend: "Add what changed it.",
      bad: """
        - {id: R1, rag: GREEN, updates: [a]}
        # before:
        #   - {id: R1, rag: RED, updates: [a]}
        """,
      good: "- {id: R1, rag: GREEN, updates: [a, b]}"
    ),
    Explanation(
      .ragBelowBand,
      what: "A RAG status is better than the severity lets expect.",
      why: "A colour that is too good hides a risk.",
      mend: "Look whether it is meant.",
      bad: "- {id: R1, severity: 20, rag: AMBER}",
      good: "- {id: R1, severity: 16, rag: AMBER}"
    ),
    Explanation(
      .referenceForm, severity: .warning,
      what: "Running text names an item in another form than the regular one.",
      why: "Who searches for the regular form does not find it.",
      mend: "Write the form that the message offers.",
      bad: "- {id: I1, text: See TABASC Risk 10 for more}",
      good: "- {id: I1, text: 'See TABASC-R10, C3.1(e) and TABASC15/05 for more'}"
    ),
    Explanation(
      .nameVariant, severity: .warning,
      what: "A text uses a spelling that the glossary lists as a variant.",
      why: "One thing with two names is two things to a reader.",
      mend: "Write the name of the glossary.",
      bad: "- {id: A1, text: The Dept for Energy replied}",
      good: "- {id: A1, text: The Department for Energy replied}"
    ),
    Explanation(
      .acronymExpansion, severity: .warning,
      what: "A text expands an acronym in other words than the glossary.",
      why: "A reader takes it for another body.",
      mend: "Write the expansion of the glossary, or correct the glossary.",
      bad: "- {id: A1, text: the Data and Communications Company (DCC) said}",
      good:
        "- {id: A1, text: 'two Data Communications Companys (DCCs), the Data Communications Company (DCC), the Change Board (CB)'}"
    ),
    Explanation(
      .dateOrder,
      what: "A date is before another that it follows.",
      why: "One of the two is wrong.",
      mend: "Correct one of the two dates.",
      bad: "- {id: V1, decided: 2020-11-20, effective: 2020-11-19}",
      good: "- {id: V1, decided: 2020-11-20, published: 2020-11, effective: 2020-11-29}"
    ),
    Explanation(
      .weekday, severity: .warning,
      what: "A stated weekday is not that of its date.",
      why: "One of the two is wrong, and people come on the wrong day.",
      mend: "Correct the weekday or the date.",
      bad: "- {id: M1, text: Held on Thursday 9th December 2016 in London}",
      good: "- {id: M1, text: Held on Friday 9th December 2016 in London}"
    ),
    Explanation(
      .stateContradiction,
      what: "Two registers give an item different states.",
      why: "The committee decides on one of them.",
      mend: "Correct the one that is not up to date.",
      bad: "- {id: P1, modification: DP083, stage: report}",
      good: "- {id: P1, modification: DP083, stage: refinement}"
    ),
    Explanation(
      .decisionMissing,
      what: "Something is approved without a decision.",
      why: "Nobody can show years later that it was.",
      mend: "Add the decision.",
      bad: "- {id: MP1, status: approved}",
      good: "- {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}]}"
    ),
    Explanation(
      .decisionAuthority,
      what: "A decision is by a body that the path does not give it to.",
      why: "It can be appealed against, or is void.",
      mend: "Add the decision of the right authority, or correct the path.",
      bad: "- {id: MP1, path: '2', status: approved, decisions: [{by: Change Board}]}",
      good: "- {id: MP1, path: '3', status: approved, decisions: [{by: Change Board}]}"
    ),
    Explanation(
      .decisionOrder,
      what: "Something took effect before it was decided.",
      why: "One of the dates is wrong, or people acted without authority.",
      mend: "Correct one of the two dates.",
      bad:
        "- {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-12-23}], implementation_date: 2016-12-14}",
      good:
        "- {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 2016-12-14}"
    ),
    Explanation(
      .decisionNotice, severity: .warning,
      what: "There are fewer Working Days than usual from a decision to its effect.",
      why: "Parties need time to change their systems.",
      mend: "Look whether the shorter notice was agreed.",
      bad:
        "- {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 2016-12-13}",
      good:
        "- {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 2016-12-14}"
    ),
    Explanation(
      .conversionNumber,
      what: "A conversion changed the number, or does not say what was converted.",
      why: "Papers name the proposal by its number at every stage.",
      mend: "Say with 'formerly' which proposal of the same number it was.",
      bad: "- {id: MP079, formerly: DP078}",
      good: "- {id: MP079, formerly: DP079}"
    ),
    Explanation(
      .conversionBothLive,
      what: "What was converted is still there beside what it became.",
      why: "Two records of one proposal go different ways.",
      mend: "Keep one record, with 'formerly'.",
      bad: """
        - {id: DP079}
        - {id: MP079, formerly: DP079}
        """,
      good: """
        - {id: DP080}
        - {id: MP079, formerly: DP079}
        """
    ),
    Explanation(
      .total,
      what: "The numbers of a register do not add up to what the catalogue says.",
      why: "Somebody has a seat too many or too few.",
      mend: "Correct a record, or the total in the catalogue by the decision that changed it.",
      bad: """
        - {id: Large Suppliers, seats: 6}
        - {id: Small Suppliers, seats: 3}
        """,
      good: """
        - {id: Large Suppliers, seats: 6}
        - {id: Small Suppliers, seats: 2}
        """
    ),
    Explanation(
      .rangeOverlap,
      what: "Two ranges of identifiers overlap.",
      why: "A device would belong to two Parties.",
      mend: "Correct one of the two ranges.",
      bad: """
        - {id: A, first: 00-0A-00, last: 00-0A-FF}
        - {id: B, first: 00-0A-F0, last: 00-0B-00}
        """,
      good: """
        - {id: A, first: 00-0A-00, last: 00-0A-FF}
        - {id: B, first: 00-0B-00, last: 00-0B-FF}
        """
    ),
    Explanation(
      .rangeReversed,
      what: "A range ends before it begins.",
      why: "It holds no identifier at all.",
      mend: "Swap the two ends, or correct one.",
      bad: "- {id: A, first: 00-0A-FF, last: 00-0A-00}",
      good: "- {id: A, first: 00-0A-00, last: 00-0A-00}"
    ),
    Explanation(
      .unapprovedScope,
      what: "A release goes live with a modification that is not approved.",
      why: "The change has no authority.",
      mend: "Take it out of the scope, or record its approval.",
      bad: "- {id: R1, live: 2018-02-22, scope: [MP1]}",
      good: """
        - {id: R1, scope: [MP1]}
        - {id: R2, live: 2018-02-22, scope: [MP2]}
        """
    ),
    Explanation(
      .strayBullet,
      what: "A bullet of a list stands inside of a text.",
      why: "The list was lost on the way from a word processor.",
      mend: "Make the points a list of their own.",
      bad: "- {id: R1, text: 'leading to: • delays'}",
      good: "- {id: R1, text: leading to delays}"
    ),
    Explanation(
      .gluedFootnote,
      what: "A word ends with the mark of a footnote.",
      why: "A search for the word does not find it.",
      mend: "Move the footnote to a field of its own.",
      bad: "- {id: R1, text: 'has identified a risk1, that'}",
      good: "- {id: R1, text: 'SMETS1 and part 1, that'}"
    ),
    Explanation(
      .unbalancedBracket,
      what: "A bracket has no other.",
      why: "Words were lost, or the bracket is left over.",
      mend: "Add the other bracket, or remove this one.",
      bad: "- {id: R1, text: 'the DCC (as before'}",
      good: "- {id: R1, text: 'the DCC (as before): a) one, (b) two'}"
    ),
    Explanation(
      .doubledFullStop,
      what: "There are two full stops.",
      why: "Two pieces of text were joined, and something may be missing.",
      mend: "Leave one of them out.",
      bad: "- {id: R1, text: 'It is late.. Yes'}",
      good: "- {id: R1, text: 'It is late... Risks 19..27.'}"
    ),
    Explanation(
      .pageFurniture,
      what: "A header or footer of a page stands in a text.",
      why: "It was copied along, and breaks the sentence.",
      mend: "Take it out.",
      bad: "- {id: R1, text: 'the risk Page 3 of 12 is high'}",
      good: "- {id: R1, text: 'the risk on page 3 is high'}"
    ),
    Explanation(
      .changeMark,
      what: "A text has marks of a change.",
      why: "The next reader cannot tell what is in force.",
      mend: "Store the text as it is; redlines are computed from two revisions.",
      bad: "- {id: R1, text: 'the risk is ~~low~~ high'}",
      good: "- {id: R1, text: the risk is high}"
    ),
    Explanation(
      .classBelowPart,
      what: "A whole is classified below a part of it.",
      why: "Who may read the whole reads what he may not.",
      mend: "Classify the whole as high as the part, or take the part out.",
      bad: "- {id: P1, classification: White, attachments: [D1]}",
      good: "- {id: P1, classification: Red, attachments: [D1]}"
    ),
    Explanation(
      .classMissing,
      what: "A record has no class.",
      why: "Nobody knows who may see it.",
      mend: "Write its class.",
      bad: "- id: P1",
      good: "- {id: P1, classification: White}"
    ),
    Explanation(
      .classUnknown,
      what: "A class is none of the catalogue.",
      why: "Nobody knows who may see it.",
      mend: "Write one of the classes.",
      bad: "- {id: P1, classification: Blue}",
      good: "- {id: P1, classification: Green}"
    ),
    Explanation(
      .classLowered,
      what: "A class was lowered without a decision.",
      why: "What was confidential is so until somebody with the authority says otherwise.",
      mend: "Name the decision, or restore the class.",
      bad: """
        - {id: P1, classification: White}
        # before:
        #   - {id: P1, classification: Red}
        """,
      good: "- {id: P1, classification: White, decision: 'SECP39#24'}"
    ),
    Explanation(
      .noReport, severity: .warning,
      what: "Something was open at a meeting and has no update there.",
      why: "An action that nobody speaks of is forgotten.",
      mend: "Add what the minutes say of it, or close it with an update.",
      bad:
        "- {id: TABASC15/07, status: ongoing, updates: [{meeting: TABASC16}]}    # TABASC17 was held",
      good:
        "- {id: TABASC15/07, status: ongoing, updates: [{meeting: TABASC16}, {meeting: TABASC17}]}"
    ),
    Explanation(
      .statedNumber, severity: .warning,
      what: "A text states another number than the registers give.",
      why: "Readers of the paper are told what is not so.",
      mend: "Correct the text, or the records that are counted.",
      bad: "text: 17 modifications are in Refinement    # the register has 4",
      good: "text: 4 modifications are in Refinement"
    ),
    Explanation(
      .pastAfterRecord, severity: .warning,
      what: "A text reports as past what is after the day of its record.",
      why: "Nobody can have said so on that day: one of the two dates is wrong.",
      mend: "Correct the date, or say that it is to come.",
      bad:
        "- {meeting: SECP39, text: This took effect on 8th November 2017}    # held in December 2016",
      good: "- {meeting: SECP39, text: This took effect on 8th November 2016}"
    ),
    Explanation(
      .unnamedChange,
      what: "A resolution changes something, and nothing names it.",
      why: "Nobody can tell whether what was resolved is done.",
      mend: "Let the record that changes name the resolution, or its meeting.",
      bad:
        "- {id: SECP39#25, resolutions: [{text: AGREED the amendments}]}    # no record names SECP39",
      good: "- {id: SECP-R26, history: [{meeting: SECP39, status: open}]}"
    ),
    Explanation(
      .missingChange, severity: .warning,
      what: "A resolution changes a record that does not name it.",
      why: "What was resolved is not done, or does not say by which decision.",
      mend: "Add to the record what changed, with the resolution as its decision.",
      bad:
        "- {id: SECP39#25, resolutions: [{text: APPROVED SECP-R26}]}    # SECP-R26 does not name SECP39",
      good: "- {id: SECP-R26, history: [{meeting: SECP39, status: open}]}"
    ),
    Explanation(
      .scaleOverlap, severity: .warning,
      what: "Two levels of a scale have an amount in common.",
      why: "What is measured has two levels, and each reader takes another.",
      mend: "Let a level begin where the one below ends.",
      bad: "{level_2: £50k to £250k, level_3: £200k to £500k}",
      good: "{level_2: £50k to £250k, level_3: £250k to £500k}"
    ),
    Explanation(
      .scaleGap, severity: .warning,
      what: "An amount between two levels of a scale has none.",
      why: "What is measured there has no level.",
      mend: "Let a level begin where the one below ends.",
      bad: "{level_2: £50k to £250k, level_3: £300k to £500k}",
      good: "{level_2: £50k to £250k, level_3: £250k to £500k}"
    ),
    Explanation(
      .undefinedLevel, severity: .warning,
      what: "A level is not on its scale.",
      why: "It means nothing.",
      mend: "Use a level of the scale, or define this one.",
      bad: "- {id: R1, impact: 6}",
      good: "- {id: R1, impact: 5}"
    ),
    Explanation(
      .oneSidedReference, severity: .warning,
      what: "A record names another that does not name it.",
      why: "One of the two is not up to date.",
      mend: "Add what is missing over there, or correct the reference.",
      bad: """
        - {id: A1, raised_in: M1}
        - {id: A2, raised_in: M1}
        """,
      good: "- {id: A2, raised_in: M1}"
    ),
    Explanation(
      .reusedID,
      what:
        "A new record has an id that another had before, as the history of the repository tells.",
      why: "Minutes of years ago still name the old record by it.",
      mend: "Give the record the next free id.",
      bad: "- id: SECP-R2    # SECP-R2 was another risk until commit 1a2b3c4",
      good: "- id: SECP-R19"
    ),
  ]
}

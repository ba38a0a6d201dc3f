package import Diagnostics

extension Explanation {
  /// The pages on what must hold between two versions, on waivers, and on rules in the catalogue.
  package static let versions: [Explanation] = [
    Explanation(
      .initialState,
      what: "A new record is in a state that no record begins with.",
      why: "Somebody skipped a step, or the record is an old one under another id.",
      mend:
        "Begin with a state that 'x-states' names as initial, or say with 'formerly' what it was.",
      bad: "status: closed    # a new action",
      good: "status: open"
    ),
    Explanation(
      .stateTransition,
      what: "A record went from one state to another that may not follow it.",
      why: "A modification that skips its report has skipped the committee that decides on it.",
      mend: "Go through the states between, each with its decision, or correct the state.",
      bad: "status: implemented    # was: refinement",
      good: "status: report         # was: refinement"
    ),
    Explanation(
      .stateDemand,
      what: "A change of state lacks what the schema demands of it.",
      why: "A closed action that is opened again without a word leaves the committee guessing.",
      mend: "Add what the message names.",
      bad: "status: ongoing    # was: closed, and no update says why",
      good: """
        status: ongoing
        updates:
          - {meeting: TABASC17, text: Opened again, the paper was withdrawn}
        """
    ),
    Explanation(
      .rewrittenHistory,
      what: "An entry of a history that may only grow is not as it was.",
      why: "Who has read the minutes relies on what they said.",
      mend: "Restore the entry, and add a correction at the end.",
      bad: "- {meeting: TABASC16, text: Done}    # was: Under way",
      good: """
        - {meeting: TABASC16, text: Under way}
        - {meeting: TABASC17, text: Done}
        """
    ),
    Explanation(
      .removedHistory,
      what: "An entry of a history that may only grow is gone.",
      why: "A history with holes proves nothing.",
      mend: "Put the entry back.",
      bad: "updates: []    # had the update of TABASC16",
      good: "updates: [{meeting: TABASC16, text: Under way}]"
    ),
    Explanation(
      .changedImmutable,
      what: "Something changed that is final, as 'x-immutable-when' of its schema says.",
      why: "A version that was released is what people acted on.",
      mend:
        "Restore it, and make the change in a new version. Where the schema says 'openly', the change may stand with an entry that is added to the field it names, such as: corrections: [{date: 2016-12-16, note: What was wrong}].",
      bad: "version: '1.0', text: New words    # 1.0 was released with other words",
      good: "version: '1.1', text: New words"
    ),
    Explanation(
      .formerReference,
      what: "A reference names a record by an id that it has no more.",
      why: "The old id leads nowhere today, and may be given to something else tomorrow.",
      mend: "Write the id that the record has now.",
      bad: "modification: DP079    # MP079 says: formerly: DP079",
      good: "modification: MP079"
    ),
    Explanation(
      .expiredWaiver,
      what: "A waiver has ended.",
      why: "What was accepted for a time is accepted no longer; the finding counts again.",
      mend: "Mend what it waives and remove it, or have it extended by a decision.",
      bad: "expires: 2016-12-31",
      good: "expires: 2027-12-31"
    ),
    Explanation(
      .unusedWaiver, severity: .warning,
      what: "A waiver covers no finding.",
      why: "It would hide the next finding of its kind, which nobody has accepted.",
      mend: "Remove it, or correct the code, the item or the quote that it names.",
      bad: "{code: text/stray-bullet, item: SECP-R15, reason: As printed}    # the bullet is gone",
      good: "# no waiver"
    ),
    Explanation(
      .unknownRule,
      what: "The catalogue switches on a rule that does not exist.",
      why: "Everybody believes that something is checked which is not.",
      mend: "Write the name of a rule as the reference of the catalogue has it.",
      bad: "rules: {numberring: {series: '^SECP-R'}}",
      good: "rules: {numbering: {series: '^SECP-R'}}"
    ),
    Explanation(
      .badParameter,
      what: "A parameter of a rule in the catalogue is missing, unknown or of the wrong kind.",
      why: "The rule does not run.",
      mend: "Give the rule the parameters that the message names.",
      bad: "totals: {property: elected_seats}",
      good: "totals: {property: elected_seats, is: 8}"
    ),
  ]
}

package import Diagnostics

extension Explanation {
  /// The pages on values that their schema does not allow.
  package static let values: [Explanation] = [
    Explanation(
      .wrongType,
      what: "A value is of another type than the schema asks for.",
      why: """
        A number that is a text cannot be compared, and a list that is a text cannot be \
        counted.
        """,
      mend: "Write the value as the message says; quotes make a text.",
      bad: "impact: high",
      good: "impact: 4"
    ),
    Explanation(
      .notListed,
      what: "A value is none of those that the schema lists.",
      why: "Lists of values keep one word for one idea.",
      mend: "Use one of the values in the message, or have the list changed.",
      bad: "rag: blue",
      good: "rag: AMBER"
    ),
    Explanation(
      .outOfRange,
      what: "A number is too small or too large.",
      why: "A scale has its ends.",
      mend: "Correct the number.",
      bad: "impact: 7",
      good: "impact: 5"
    ),
    Explanation(
      .wrongMultiple,
      what: "A number is not a multiple of what the schema says.",
      why: "The schema says in which steps the value goes.",
      mend: "Round the number as the schema says.",
      bad: "hours: 0.3",
      good: "hours: 0.5"
    ),
    Explanation(
      .wrongLength,
      what: "A text is too short or too long.",
      why: "An empty title says nothing; a very long one is most likely in the wrong place.",
      mend: "Shorten or complete the text.",
      bad: "title: ''",
      good: "title: Change Coordination"
    ),
    Explanation(
      .wrongPattern,
      what: "A text does not have the form that the schema asks for.",
      why: "References and identifiers are found by their form.",
      mend: "Write it in the form that the message shows.",
      bad: "id: TABASC-15-5",
      good: "id: TABASC15/05"
    ),
    Explanation(
      .wrongFormat,
      what: "A text is not of the format that the schema names, such as a date.",
      why: "A date that is not in the calendar cannot be compared or counted from.",
      mend: "Write it in the format; the message shows an example.",
      bad: "held: 2017-02-30",
      good: "held: 2017-02-28"
    ),
    Explanation(
      .notAllowed,
      what: "The schema allows no such value here.",
      why: "The schema excludes it on purpose.",
      mend: "Remove or change the value.",
      bad: "closed: true   # where the schema says never",
      good: "status: closed"
    ),
    Explanation(
      .noForm,
      what: "A value fits none of the forms that the schema allows.",
      why: "Where several forms are allowed, a value must fit one of them as a whole.",
      mend: "Complete the form that the message names as the nearest.",
      bad: "source: {document: S9, page: 3}",
      good: "source: {document: S4, lines: 93-97}"
    ),
    Explanation(
      .severalForms,
      what: "A value fits more than one form, and only one may fit.",
      why: "It would be open what the value means.",
      mend: "Leave out what belongs to one of the two forms.",
      bad: "{web: …, document: …}",
      good: "{web: …}"
    ),
    Explanation(
      .tooCostly,
      what: "Checking a value would take too long.",
      why: "Some patterns and references ask for endless work; a check must end.",
      mend: "Simplify the part of the schema that the finding points to.",
      bad: "\"pattern\": \"^(a+)+$\"",
      good: "\"pattern\": \"^a+$\""
    ),
    Explanation(
      .missingField,
      what: "A field that every record of the kind has is missing.",
      why: "Who relies on the field finds nothing.",
      mend: "Add the field.",
      bad: """
        id: TABASC15/05
        body: TABASC
        """,
      good: """
        id: TABASC15/05
        body: TABASC
        status: open
        """
    ),
    Explanation(
      .unknownField,
      what: "A field is not known to the schema.",
      why: "Most unknown fields are typing errors, and nothing reads them.",
      mend: "Correct the name, remove the field, or add it to the schema.",
      bad: "serverity: 12",
      good: "severity: 12"
    ),
    Explanation(
      .fieldCount,
      what: "A mapping has too few or too many fields.",
      why: "The schema says how many make sense.",
      mend: "Add or remove fields.",
      bad: "editorial: {}",
      good: "editorial: {note: checked}"
    ),
    Explanation(
      .listLength,
      what: "A list has too few or too many elements.",
      why: "An empty list says less than no list.",
      mend: "Add or remove elements, or leave the field out.",
      bad: "updates: []",
      good: "(no field updates)"
    ),
    Explanation(
      .listDuplicate,
      what: "A list has the same element twice.",
      why: "The second one adds nothing and is most likely meant to be another.",
      mend: "Remove or correct one of the two.",
      bad: "affects: [SEC-H, SEC-H]",
      good: "affects: [SEC-H]"
    ),
    Explanation(
      .listLacks,
      what: "A list lacks an element of a kind that the schema asks for, or has too many of it.",
      why: "The schema says how many there are to be.",
      mend: "Add or remove such elements.",
      bad: "roles: [observer]",
      good: "roles: [chair, observer]"
    ),
    Explanation(
      .listExtra,
      what: "A list has an element too many.",
      why: "The schema says what stands at which place, and nothing at this one.",
      mend: "Remove the element.",
      bad: "position: [3, 4, 5]",
      good: "position: [3, 4]"
    ),
  ]
}

package import Diagnostics

extension Explanation {
  /// The pages on YAML.
  package static let yaml: [Explanation] = [
    Explanation(
      .emptyYAML,
      what: "A YAML file holds nothing.",
      why: "A record without content is most likely a file that was not saved.",
      mend: "Write the record, or remove the file.",
      bad: "# only a comment",
      good: "id: TABASC15/05"
    ),
    Explanation(
      .hiddenNumber, severity: .warning,
      what: "A text is followed by # and a number.",
      why: "YAML takes them for a comment: the reference to Risk #26 becomes one to Risk.",
      mend: "Put the whole text in quotes; begin a comment with # and a space.",
      bad: "risk: Risk #26",
      good: "risk: 'Risk #26'"
    ),
    Explanation(
      .hiddenText,
      what: "A text without quotes is followed by one space and a #.",
      why: "YAML takes what follows for a comment, and the text ends before it.",
      mend: "Put the whole text in quotes; write two spaces before a comment.",
      bad: "text: Report on item #3 and close it",
      good: "text: 'Report on item #3 and close it'"
    ),
    Explanation(
      .missingComma,
      what: "Two fields in braces, or two elements in brackets, have no comma between them.",
      why: "Where one ends and the next begins cannot be told.",
      mend: "Write the comma.",
      bad: "- {id: SECP2 held: 2027-02-05}",
      good: "- {id: SECP2, held: 2027-02-05}"
    ),
    Explanation(
      .missingDash,
      what: "A line of a list does not begin with a dash and a space.",
      why: "The file is a list, and each of its elements begins so.",
      mend: "Write the dash and a space before it.",
      bad: """
        - {id: SECP1}
        {id: SECP2}
        """,
      good: """
        - {id: SECP1}
        - {id: SECP2}
        """
    ),
    Explanation(
      .lineSeparator,
      what: "A text has a character such as U+2028 that ends a line for some readers only.",
      why: """
        Texts copied from Word and web pages hold it unseen; what it separates would be \
        one line here and two elsewhere.
        """,
      mend: "Replace it by a space or a line break.",
      bad: "title: one[U+2028]two",
      good: "title: one two"
    ),
    Explanation(
      .severalDocuments,
      what: "A YAML file holds more than one document.",
      why: "Whatever follows the second line of dashes would be overlooked.",
      mend: "Keep one document a file.",
      bad: """
        id: A-1
        ---
        id: A-2
        """,
      good: "id: A-1"
    ),
    Explanation(
      .yamlVersion,
      what: "A file announces another version of YAML than 1.2.",
      why: "Versions differ in what words such as no and yes mean.",
      mend: "Remove the %YAML line.",
      bad: """
        %YAML 1.1
        ---
        id: A-1
        """,
      good: "id: A-1"
    ),
    Explanation(
      .complexKey,
      what: "A key is a list or a mapping.",
      why: "Fields are named by texts.",
      mend: "Put the key in quotes if it is meant as text.",
      bad: "[a, b]: 1",
      good: "'[a, b]': 1"
    ),
    Explanation(
      .emptyKey,
      what: "A line has a value without a key.",
      why: "The value would belong to nothing.",
      mend: "Write the key, or put the text in quotes.",
      bad: ": SECAS",
      good: "owner: SECAS"
    ),
    Explanation(
      .mergeKey,
      what: "A mapping uses the merge key <<.",
      why: "It is not part of YAML 1.2, and who reads the file does not see what the record says.",
      mend: "Write the fields out.",
      bad: """
        <<: *defaults
        id: A-1
        """,
      good: """
        id: A-1
        status: open
        """
    ),
    Explanation(
      .duplicateYAMLKey,
      what: "A mapping has the same key twice.",
      why: "Programs keep one of the two values, people read the other.",
      mend: "Remove one of the two.",
      bad: """
        status: open
        status: closed
        """,
      good: "status: closed"
    ),
    Explanation(
      .unknownTag,
      what: "A value has a tag that registrar does not read.",
      why: "Tags turn texts into things that differ from program to program.",
      mend: "Remove the tag, or put the text in quotes if its ! is part of it.",
      bad: "title: !important",
      good: "title: \"!important\""
    ),
    Explanation(
      .undefinedAlias,
      what: "An alias names an anchor that is not there.",
      why: "The value it stands for is unknown.",
      mend: "Write the value out, or put the text in quotes if its * is part of it.",
      bad: "note: *see",
      good: "note: \"*see\""
    ),
    Explanation(
      .recursiveAlias,
      what: "An alias stands inside of what it names.",
      why: "The value would contain itself without end.",
      mend: "Write the value out.",
      bad: "a: &a [*a]",
      good: "a: [1]"
    ),
    Explanation(
      .tooManyAliases,
      what: "The aliases of a file stand for too many values.",
      why: """
        A short file can stand for billions of values; such files are made to exhaust \
        programs.
        """,
      mend: "Write the values out.",
      bad: "b: [*a, *a, *a, …]",
      good: "b: [1, 2, 3]"
    ),
    Explanation(
      .leadingZero,
      what: "A number begins with a zero.",
      why: """
        Some programs drop the zero, others read an octal number; most such values are \
        identifiers.
        """,
      mend: "Put it in quotes to keep the zero, or write the number without it.",
      bad: "number: 012",
      good: "number: '012'"
    ),
    Explanation(
      .notFinite,
      what: "A value is infinity or not a number.",
      why: "JSON has no such numbers, and no register needs one.",
      mend: "Put it in quotes if it is meant as text.",
      bad: "limit: .inf",
      good: "limit: none"
    ),
    Explanation(
      .longNumber,
      what: "A hexadecimal or octal number has thousands of digits.",
      why: "Nobody means such a number.",
      mend: "Put it in quotes if it is meant as text.",
      bad: "key: 0xFFFF…",
      good: "key: \"0xFFFF…\""
    ),
    Explanation(
      .tab,
      what: "A line is indented with a tab.",
      why: """
        YAML does not say how wide a tab is, so indentation would mean different things to \
        different readers.
        """,
      mend: "Use spaces.",
      bad: """
        updates:
        \t- meeting: SECP39
        """,
      good: """
        updates:
          - meeting: SECP39
        """
    ),
    Explanation(
      .colonInText,
      what: "A text without quotes has a colon followed by a space.",
      why: "YAML takes what stands before the colon for a key.",
      mend: "Put the whole text in quotes.",
      bad: "title: Decision: approved",
      good: "title: 'Decision: approved'"
    ),
    Explanation(
      .unclosedQuote,
      what: "A quote is never closed.",
      why: "All that follows would be part of the text.",
      mend: "Add the closing quote.",
      bad: "title: \"Risk register",
      good: "title: \"Risk register\""
    ),
    Explanation(
      .unclosedBracket,
      what: "A bracket or brace is not closed.",
      why: "What follows would be part of the list.",
      mend: "Close it, or put texts with commas or brackets in quotes.",
      bad: "tags: [a, b",
      good: "tags: [a, b]"
    ),
    Explanation(
      .missingColon,
      what: "A line has no colon after its key.",
      why: "It is neither a field nor the continuation of one.",
      mend: "Write key: value, or put a text of several lines in quotes or behind |.",
      bad: """
        owner SECAS
        status: open
        """,
      good: """
        owner: SECAS
        status: open
        """
    ),
    Explanation(
      .badIndentation,
      what: "A line does not fit the indentation of the lines before it.",
      why: "Indentation says what belongs to what.",
      mend: """
        Begin the keys of one mapping in the same column, and list entries with a dash and \
        a space.
        """,
      bad: """
        id: A-1
          status: open
        """,
      good: """
        id: A-1
        status: open
        """
    ),
    Explanation(
      .badEscape,
      what: "A double-quoted text has an unknown escape.",
      why: "A backslash begins an escape in double quotes.",
      mend: "Write two backslashes, or use single quotes.",
      bad: "path: \"C:\\data\"",
      good: "path: 'C:\\data'"
    ),
    Explanation(
      .textAfterValue,
      what:
        "A value begins with a quote or a bracket, ends at the one that closes it, and more follows.",
      why:
        "YAML takes a bracket at the begin for a list or a mapping, and a quote for the begin of a quoted text.",
      mend: "Put the whole text in quotes.",
      bad: "title: [Draft] The title",
      good: "title: '[Draft] The title'"
    ),
    Explanation(
      .missingSpace,
      what: "There is no space behind the ':' of a key, or behind the '-' of an element.",
      why: "Without the space YAML reads one long word.",
      mend: "Add the space.",
      bad: "title:The title",
      good: "title: The title"
    ),
    Explanation(
      .badIndicator,
      what: "A text begins with a character that means something to YAML.",
      why: "The characters @ ` % & * ! begin something else than a text.",
      mend: "Put the text in quotes.",
      bad: "mail: @example",
      good: "mail: \"@example\""
    ),
    Explanation(
      .badYAML,
      what: "A file is not YAML.",
      why: "It cannot be read any further.",
      mend: "Compare the line with its neighbours; texts with special characters go in quotes.",
      bad: """
        - a
        b: c
        """,
      good: "b: c"
    ),
  ]
}

package import Diagnostics

extension Explanation {
  /// The pages on JSON.
  package static let json: [Explanation] = [
    Explanation(
      .emptyJSON,
      what: "A JSON file is empty.",
      why: "A file without a value says nothing.",
      mend: "Write a value.",
      bad: "",
      good: "{}"
    ),
    Explanation(
      .extraJSON,
      what: "There is more after the value of a JSON file.",
      why: "A JSON file holds one value.",
      mend: "Remove the rest, or put the values in a list.",
      bad: "{} {}",
      good: "[{}, {}]"
    ),
    Explanation(
      .unclosedJSON,
      what: "An object or array is not closed.",
      why: "The file ends too early; some of it may be lost.",
      mend: "Add the closing bracket.",
      bad: "{\"a\": [1, 2",
      good: "{\"a\": [1, 2]}"
    ),
    Explanation(
      .unexpectedJSON,
      what: "Something stands where JSON expects something else.",
      why: "The file cannot be read any further.",
      mend: "Write what is expected: values separated by commas, keys and texts in double quotes.",
      bad: "{'a': 1 'b': 2}",
      good: "{\"a\": 1, \"b\": 2}"
    ),
    Explanation(
      .trailingComma,
      what: "A comma is followed by nothing.",
      why: "JSON does not allow it, and other programs refuse the file.",
      mend: "Remove the comma.",
      bad: "[1, 2,]",
      good: "[1, 2]"
    ),
    Explanation(
      .duplicateJSONKey,
      what: "An object has the same key twice.",
      why: "Programs keep one of the two values, people read the other.",
      mend: "Remove one of the two.",
      bad: "{\"a\": 1, \"a\": 2}",
      good: "{\"a\": 2}"
    ),
    Explanation(
      .unclosedString,
      what: "A text in quotes is not closed.",
      why: "All that follows would be part of the text.",
      mend: "Add the closing quote.",
      bad: "{\"a\": \"text}",
      good: "{\"a\": \"text\"}"
    ),
    Explanation(
      .rawControl,
      what: "A text has a raw tab or control character.",
      why: "JSON wants them written as escapes.",
      mend: "Write a tab as \\t.",
      bad: "{\"a\": \"tab\there\"}",
      good: "{\"a\": \"tab\\there\"}"
    ),
    Explanation(
      .badJSONEscape,
      what: "A text has an unknown escape.",
      why: "A backslash begins an escape.",
      mend: "Write two backslashes for one.",
      bad: "{\"a\": \"C:\\data\"}",
      good: "{\"a\": \"C:\\\\data\"}"
    ),
    Explanation(
      .badJSONNumber,
      what: "A number is not written as JSON writes numbers.",
      why: "Programs would read different numbers.",
      mend: "Write digits without leading zeros or plus, and digits around the point.",
      bad: "[012, .5, +1]",
      good: "[12, 0.5, 1]"
    ),
  ]
}

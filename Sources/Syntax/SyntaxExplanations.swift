package import Diagnostics

extension Explanation {
  /// The pages on what all readers refuse.
  package static let syntax: [Explanation] = [
    Explanation(
      .tooLarge,
      what: "A file has more bytes than registrar reads.",
      why: "A check must end in a moment, whatever somebody commits, on a server above all.",
      mend: "Split the file, or keep attachments outside of registers/.",
      bad: "registers/actions.yaml (48 MB)",
      good: "registers/actions/TABASC15-05.yaml (2 KB)"
    ),
    Explanation(
      .tooDeep,
      what: "Lists and mappings are nested deeper than registrar reads.",
      why: "Nobody writes so many levels by hand; such files are made to exhaust programs.",
      mend: "Flatten the structure.",
      bad: "a: [[[[[[[[[[[[…]]]]]]]]]]]]",
      good: "a: [1, 2, 3]"
    ),
    Explanation(
      .tooManyNodes,
      what: "A file has more values, or a table of a document more columns, than registrar reads.",
      why: "A check must end in a moment and in bounded memory.",
      mend: "Split the file into one file a record.",
      bad: "one file with five million rows",
      good: "one file a year"
    ),
    Explanation(
      .badUTF8,
      what: "A byte is not UTF-8.",
      why: "Files of another encoding show wrong letters to whoever reads them elsewhere.",
      mend: "Save the file again as UTF-8.",
      bad: "title: Caf\\xE9",
      good: "title: Café"
    ),
    Explanation(
      .wrongEncoding,
      what: "A file is UTF-16 or UTF-32.",
      why: "Git and nearly all tools compare and show texts as UTF-8 only.",
      mend: "Save the file again as UTF-8.",
      bad: "a file saved as \"Unicode text\"",
      good: "the same file saved as \"UTF-8\""
    ),
    Explanation(
      .controlSign,
      what: "A text has a character that steers programs, such as U+001B ESCAPE.",
      why: "It is invisible, changes what a terminal shows, and Word cannot hold it.",
      mend: "Remove the character, or its escape.",
      bad: "title: \"Risk \\e[2J\"",
      good: "title: Risk"
    ),
    Explanation(
      .bidirectional,
      what: "A text has a character that changes the order in which it is shown.",
      why: "People read something else than programs do.",
      mend: "Remove the character.",
      bad: "id: R<U+202E>12",
      good: "id: R12"
    ),
    Explanation(
      .zeroWidth,
      what: "A text has a character that has no width.",
      why: "Two texts look the same and are not; searches miss one of them.",
      mend: "Remove the character; copies from web pages and PDF bring it along.",
      bad: "title: Risk<U+200B>Register",
      good: "title: Risk Register"
    ),
    Explanation(
      .privateUse,
      what: "A text has a character of a private area.",
      why: "Each program shows something else, most nothing: bullets of Word are such characters.",
      mend: "Write the character that is meant.",
      bad: "text: <U+F0B7> first point",
      good: "text: first point"
    ),
    Explanation(
      .nonCharacter,
      what: "A text has a number that will never be a character.",
      why: "Files of Word and web pages cannot hold it.",
      mend: "Remove it.",
      bad: "text: \"a\\uFFFF\"",
      good: "text: a"
    ),
    Explanation(
      .controlCharacter,
      what: "A file has a character that texts do not hold, such as NUL.",
      why: "Such characters are invisible, hide in copies from other programs and break tools.",
      mend: "Remove the character.",
      bad: "title: Risk\\u0000Register",
      good: "title: Risk Register"
    ),
  ]
}

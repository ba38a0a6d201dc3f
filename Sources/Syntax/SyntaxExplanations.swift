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
      what: "A file has more values than registrar reads.",
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
      .controlCharacter,
      what: "A file has a character that texts do not hold, such as NUL.",
      why: "Such characters are invisible, hide in copies from other programs and break tools.",
      mend: "Remove the character.",
      bad: "title: Risk\\u0000Register",
      good: "title: Risk Register"
    ),
  ]
}

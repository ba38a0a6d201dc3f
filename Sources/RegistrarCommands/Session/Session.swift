package import Registry

/// The only door of the commands to the world: where they are, what they were told, what they say.
package struct Session {
  /// The folder that paths on the command line count from.
  package var workingDirectory: String
  package var environment: [String: String]
  /// What goes to standard output.
  package var output = Output()
  /// What goes to standard error.
  package var errors = Output()
  /// Whether standard output is a terminal, and how many columns it has.
  package var isTerminal = false
  package var width: Int?
  /// Returns the seconds since some moment, for measuring.
  package var clock: () -> Double = { 0 }
  /// The day that waivers end by.
  package var today = Day(number: 20_454)
  /// Returns the seconds since 1970, for the time of a tag.
  package var now: () -> Int = { 1_481_270_400 }
  /// Returns all of standard input.
  package var input: () -> [UInt8] = { [] }
  /// Asks the user, and returns the line that is answered; `nil` where nobody is there.
  package var ask: ((String) -> String?)?
  /// Opens an editor, which is a line of the shell, on a file, and returns whether it ended well.
  package var edit: ((_ command: String, _ path: String) -> Bool)?
  /// Returns the words of the programs that run this one, the nearest first.
  package var callers: () -> [[String]] = { [] }
  /// Shows how far the work is, on a line that the next one replaces.
  package var showProgress: ((String) -> Void)?
  /// Makes a folder the one that programs are run in; returns whether that could be done.
  package var changeFolder: (String) -> Bool = { _ in true }
  /// Lets a program show what goes to standard output page by page from now on; `nil` where nothing is to.
  package var showPages: ((String?) -> Void)?
  /// Whether output is coloured; `nil` where it is on terminals.
  var colours: Bool?
  /// An answer that is no text, for the file that it goes to.
  var document: [UInt8]?
  /// How many processors there are.
  package var processorCount = 1

  package init(workingDirectory: String, environment: [String: String] = [:]) {
    self.workingDirectory = workingDirectory
    self.environment = environment
  }

  /// Takes what was said and not shown yet, for a question to follow it.
  mutating func takeSaid() -> String { output.take() + errors.take() }

  /// Whether output is coloured: as `--color` says, or on a terminal, unless `NO_COLOR` asks for none
  /// (no-color.org).
  var usesColour: Bool {
    colours
      ?? (isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb")
  }
}

/// How a command ended.
package enum Outcome: Int32, Sendable {
  case clean = 0
  /// The user's files have errors.
  case errorsFound = 1
  /// The work could not be done, or the question could not be answered.
  case failed = 2
  /// A signature is asked for, and there is none.
  case unsigned = 3
}

import Accounts
import ArgumentParser
import SourceText

/// What every command takes, before its name or behind it, as `git` does.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customShort("C"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Work as if started in this folder.", valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  @Option(help: "When to colour: auto is on terminals, unless NO_COLOR says no.")
  var color: Colouring = .auto

  @Flag(name: .customLong("no-pager"), help: "Show no answer page by page.")
  var noPager = false

  /// When text is coloured.
  enum Colouring: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never
  }

  /// Takes these options out of the words of a command line, wherever they stand before `--`.
  ///
  /// - Parameter words: The words after the program's name; without the options afterwards.
  /// - Returns: The options.
  /// - Throws: `ValidationError` where one has no value that it can have.
  static func take(from words: inout [String]) throws -> CommonOptions {
    var own: [String] = []
    var others: [String] = []
    var rest = words[...]
    while let word = rest.popFirst(), word != "--" {
      switch word {
      case "-C", "--color": own += [word] + [rest.popFirst()].compactMap(\.self)
      case "--no-pager": own.append(word)
      case _ where word.hasPrefix("--color="): own.append(word)
      default: others.append(word)
      }
    }
    words = others + (words.count > own.count + others.count ? ["--"] : []) + rest
    do { return try parse(own) } catch { throw ValidationError(message(for: error)) }
  }
}

extension Session {
  /// Follows what every command takes.
  ///
  /// - Throws: `Failure` where there is no such folder.
  mutating func follow(_ options: CommonOptions) throws(Failure) {
    for folder in options.folders {
      let path = absolute(folder)
      guard WorkTree(root: path).isThere, changeFolder(path) else {
        throw Failure("there is no folder '\(folder)' to work in")
      }
      workingDirectory = path
    }
    switch options.color {
    case .auto: break
    case .always: colours = true
    case .never: colours = false
    }
    if options.noPager { showPages = nil }
  }
}

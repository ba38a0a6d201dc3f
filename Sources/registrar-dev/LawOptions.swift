import ArgumentParser

/// What a law is tried on.
struct LawOptions: ParsableArguments {
  @Argument(help: "The folder of the configuration repository.")
  var folder = "."

  @Option(help: "Try one of so many.")
  var part = 1

  @Option(help: "Which of them.")
  var seed = 0

  /// Whether it is the turn of the one with a number.
  func isTaken(_ turn: Int) -> Bool { (turn + seed) % max(1, part) == 0 }
}

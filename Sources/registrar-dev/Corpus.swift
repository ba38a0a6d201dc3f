import ArgumentParser

struct Corpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a risk register of any size as a configuration repository")

  @Option(help: "How many records.")
  var count: Int

  @Option(help: "The numbers of records to plant an error in.")
  var fault: [Int] = []

  @Argument(help: "The folder to write to.")
  var folder: String

  func run() throws {
    try RiskCorpus(count: count, faults: Set(fault)).write(to: folder)
  }
}

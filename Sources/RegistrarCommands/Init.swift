import ArgumentParser
import Diagnostics
import Git
import SourceText

struct Init: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a configuration repository",
    discussion: """
      Writes a catalogue, schemas, example registers, hooks and a README, in a new or an existing \
      Git repository. A file that is there is never overwritten.
      """)

  @Argument(help: "The folder; this one by default.")
  var folder = "."

  @Option(help: "What to begin with.")
  var template: Template.Name = .minimal

  mutating func run(in session: inout Session) throws -> Outcome {
    let root = session.absolute(folder)
    guard FileWriter.makeFolder(root) || FileWriter.exists(root) else {
      throw Failure("the folder '\(folder)' cannot be made")
    }
    let files = Template.files(of: template)
    let there = files.keys.filter { FileWriter.exists(root + "/" + $0) }.sorted()
    guard there.isEmpty else {
      throw Failure(
        "'\(there[0])' is there already, and nothing is overwritten",
        hint: "Begin in an empty folder, or move it away")
    }
    if !FileWriter.exists(root + "/.git") {
      var isInside = session
      isInside.workingDirectory = root
      if (try? Workplace(isInside).repository) == nil {
        guard Program.run(["git", "init", "--quiet", "--initial-branch=main", root])?.status == 0
        else { throw Failure("git cannot make a repository in '\(folder)'") }
      }
    }
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      var path = root
      for part in name.split(separator: "/").dropLast() {
        path += "/" + part
        _ = FileWriter.makeFolder(path)
      }
      let isProgram = name.hasPrefix("hooks/")
      guard FileWriter.replace(root + "/" + name, with: Array(text.utf8), isProgram: isProgram)
      else { throw Failure("'\(name)' cannot be written") }
      session.output += "\(name)\n"
    }
    let place = folder == "." ? "" : "cd \(folder) && "
    session.output += """

      Next:
        \(place)registrar check          the registers are clean
        registrar hook install           Git checks what you commit
        git add . && git commit          the first version
        registrar explain                what a check can find

      """
    return .clean
  }
}

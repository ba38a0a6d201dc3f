import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Git
import History
import Publishing
import Registry
import SourceText
import Syntax

struct Diff: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what changed between two revisions",
    discussion: """
      Registers are compared by record and field, documents by clause and word. Without a second \
      revision the first is compared with the work tree; without any, HEAD is. Names of registers, \
      items, files and folders narrow it.

      A redline is read back before it is shown: with all changes rejected it is the old version, \
      with all accepted the new one, to the last byte.
      """)

  @Argument(
    help: "One or two revisions, then registers, items, files or folders.", completion: .names)
  var words: [String] = []

  @Flag(help: "Compare with what is staged instead of the work tree.")
  var staged = false

  @Flag(help: "Compare two files that need not be in a repository.")
  var noIndex = false

  @Option(
    help: "How to show changes; where it is not given, as the name of --output says, else as text.")
  var format: PaperFormat?

  @Flag(help: "Show only how many records of each register changed.")
  var stat = false

  @Flag(help: "Show only which records changed.")
  var summary = false

  @Option(
    help: ArgumentHelp("Show only these fields, as 'rag,severity'.", valueName: "fields"),
    completion: .names)
  var fields: String?

  @Flag(help: "Exit with 1 where there is a change.")
  var exitCode = false

  @OptionGroup var destination: Destination

  private var chosenFormat: PaperFormat { .chosen(format, for: destination) }

  mutating func validate() throws {
    if noIndex, words.count != 2 { throw ValidationError("--no-index takes two files.") }
    try PaperFormat.check(format, for: destination)
    if stat, summary { throw ValidationError("Give either --stat or --summary, not both.") }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let changes = noIndex ? try files(session) : try await changes(session)
    let view = ChangeView(
      changes: changes, fields: fields == nil ? nil : try fieldNames(),
      usesColour: session.usesColour)
    let time = noIndex ? session.now() : try changedAt(session)
    do {
      if chosenFormat == .docx {
        session.document = try view.word(at: time)
      } else {
        try show(view, in: &session.output)
      }
    } catch let error as Proof.Failure {
      throw Failure(
        "the redline as \(error.format) does not give both versions back; this is an error of "
          + "registrar, and nothing was written",
        hint: "Please report it with the two versions")
    }
    for path in changes.unmerged {
      session.errors += "note: a merge left '\(path)' in conflict; see it with: git status\n"
    }
    for change in changes.unreadable where chosenFormat != .text {
      session.errors += "note: \(change.line)\n"
    }
    let isFinding = exitCode && !view.changes.isEmpty
    return isFinding || changes.hasErrors ? .errorsFound : .clean
  }

  private func show(_ view: ChangeView, in shown: inout Output) throws {
    switch chosenFormat {
    case .docx: break
    case .markdown: shown.add(escaped: try view.markdown().visible)
    case .html: shown.add(escaped: try view.html())
    case .json: try view.changes.writeJSON { shown.add(escaped: $0) }
    case .text where stat: shown += view.stat
    case .text where summary: shown += view.summary
    case .text: try view.writeText { shown += $0 }
    }
  }

  private func fieldNames() throws(Failure) -> [String] {
    try fields?.fieldNames(of: "--fields") ?? []
  }

  /// When the newer version was made: the time of its commit, or now.
  private func changedAt(_ session: Session) throws -> Int {
    guard let place = try? Workplace(session), let repository = place.repository,
      let last = words.prefix(2).last(where: { place.isRevision($0) || $0.contains("..") }),
      words.count > 1 || last.contains("..")
    else { return session.now() }
    let name = last.firstRange(of: "..").map { String(last[$0.upperBound...]) } ?? last
    let commit = try? repository.commit(at: name.isEmpty ? "HEAD" : name)
    return try commit.map { Int(try repository.commit($0).time) } ?? session.now()
  }

  /// Compares two files of any place.
  private func files(_ session: Session) throws(Failure) -> Changes {
    func file(_ name: String) throws(Failure) -> SourceFile {
      guard let path = session.path(of: name),
        let bytes = WorkTree.bytes(
          ofFile: session.absolute(name), limit: SyntaxLimits().bytes)
      else { throw Failure("there is no file '\(name)' that can be read") }
      return SourceFile(path: path, bytes: bytes)
    }
    let (old, new) = (try file(words[0]), try file(words[1]))
    for (file, name) in [(old, words[0]), (new, words[1])] {
      guard let fault = file.textFault else { continue }
      let place = LineIndex(file).position(at: fault.range.offsets.lowerBound)
      throw Failure(
        "\(name):\(place.line):\(place.column): \(fault.message.text) [\(fault.code.rawValue)]",
        hint: fault.help)
    }
    var changes = Changes(old: words[0], new: words[1])
    if old.bytes != new.bytes {
      var document = DocumentChange(id: words[1], title: words[1], from: old, to: new, nil)
      document.hasRecord = false
      changes.documents = [document]
    }
    return changes
  }

  /// Compares two revisions.
  private func changes(_ session: Session) async throws -> Changes {
    let place = try Workplace(session)
    var rest = words[...]
    var revisions: [String] = []
    if let first = rest.first, let dots = first.firstRange(of: ".."), !first.contains("/..") {
      revisions = [String(first[..<dots.lowerBound]), String(first[dots.upperBound...])]
      revisions = revisions.map { $0.isEmpty ? "HEAD" : $0 }
      rest.removeFirst()
    }
    while revisions.count < (staged ? 1 : 2), let word = rest.first, place.isRevision(word) {
      revisions.append(word)
      rest.removeFirst()
    }
    if revisions.isEmpty {
      guard let head = try place.headTree() else {
        throw Failure("there is no commit to compare with yet", hint: "Make one: git commit")
      }
      let now = try place.tree(at: staged ? .index : .workTree)
      let words = try await place.words(
        Array(rest), in: [now, head], session, takesRevisions: true)
      return try await changes(from: head, to: now, words, place, session)
    }
    let old = try place.tree(at: .revision(revisions[0]))
    let new = try place.tree(
      at: revisions.count > 1 ? .revision(revisions[1]) : staged ? .index : .workTree)
    let words = try await place.words(Array(rest), in: [new, old], session, takesRevisions: true)
    return try await changes(from: old, to: new, words, place, session)
  }

  /// Compares what words name in two versions.
  private func changes(
    from old: any SourceTree, to new: any SourceTree, _ words: [Word], _ place: Workplace,
    _ session: Session
  ) async throws -> Changes {
    try await session.require(fields: try fieldNames(), in: [new, old])
    let parts = try await ChangeParts(words, in: [new, old], jobs: session.processorCount)
    var changes = try await ChangeReader(
      place, session, names: words.flatMap(\.names), tellsReasons: !(stat || summary)
    )
    .changes(from: old, to: new)
    parts.narrow(&changes)
    if let tree = new as? CheckedOutTree { changes.unmerged = try tree.unmerged() }
    return changes
  }
}

extension Workplace {
  /// Whether a word names a commit.
  func isRevision(_ word: String) -> Bool {
    (try? repository?.commit(at: word)) != nil
  }
}

import Accounts
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

/// Answers what can stand where the cursor is: `registrar ---completion check -- positional@0 2 3 registrar check SEC`,
/// as the scripts ask that the parser writes for shells.
struct Completion {
  /// The words behind the command's name, without that at the cursor and what is behind it.
  private let before: [String]
  /// The begin of the word at the cursor.
  private let prefix: String
  private let wanted: Nameable?
  private let place: Workplace?
  private let session: Session

  /// Reads the question of a script.
  ///
  /// - Parameters:
  ///   - words: What stands behind `---completion`.
  ///   - session: Where the user is.
  init(_ words: ArraySlice<String>, _ session: Session) {
    let command = words.prefix { $0 != "--" }
    let rest = Array(words.dropFirst(command.count + 1))
    let name = rest.first ?? ""
    let line = rest.dropFirst(3)
    let index = rest.count > 1 ? Int(rest[1]) ?? 0 : 0
    let cursor = rest.count > 2 ? Int(rest[2]) ?? 0 : 0
    let word = index >= 0 && index < line.count ? Array(line)[index] : line.last ?? ""
    prefix = String(word.prefix(max(0, cursor)))
    var before = Array(line.prefix(max(0, index)).dropFirst())
    var inside = session
    if let options = try? CommonOptions.take(from: &before) { try? inside.follow(options) }
    self.before = Array(before.dropFirst(command.count))
    self.session = inside
    place = try? Workplace(inside)
    if name.hasPrefix("positional@") {
      let kinds = Nameable.words[command.joined(separator: " ")] ?? []
      // The date stands before the item.
      let number = Int(name.dropFirst(11)) ?? 0
      wanted =
        command.first == "as-of"
        ? number == 1 ? .item : nil : kinds.isEmpty ? nil : kinds[min(number, kinds.count - 1)]
    } else {
      wanted = Nameable.options[name]
    }
  }

  /// Returns what begins as the word at the cursor does.
  func candidates() async -> [String] {
    guard let wanted else { return [] }
    let found: [String]? = try? await candidates(wanted)
    var seen: Set<String> = []
    return (found ?? []).filter { $0.hasPrefix(prefix) && seen.insert($0).inserted }
  }

  private func candidates(_ wanted: Nameable) async throws -> [String] {
    switch wanted {
    case .register: return try registers()
    case .item: return try await items()
    case .place:
      // All ids of a code are no choice.
      return try registers() + files() + (prefix.isEmpty ? [] : await items())
    case .revision: return try revisions()
    case .revisionOrPlace: return try await revisions() + candidates(.place)
    case .range:
      guard let dots = prefix.firstRange(of: "..") else {
        return try revisions().map { $0 + ".." }
      }
      return try revisions().map { prefix[..<dots.upperBound] + $0 }
    case .baseline: return try baselines()
    case .baselineOrRegister: return try baselines() + registers()
    case .kind: return try rulebook().catalogue.kinds.map(\.name)
    case .decision: return try await ids(ofTrailer: "Decision")
    case .modification:
      let key = try rulebook().catalogue.modificationTrailer?.key ?? "Modification"
      return try await ids(ofTrailer: key)
    case .fields:
      let head = prefix.lastIndex(of: ",").map { prefix[...$0] } ?? ""
      let sign = prefix.dropFirst(head.count).hasPrefix("-") ? "-" : ""
      return try await fields().map { head + sign + $0 }
    case .assignment: return try await assignments()
    case .code: return Explanation.all.map(\.code.rawValue)
    case .form: return AnswerSchema.all.map(\.name)
    }
  }

  // MARK: What there is

  private func tree() throws -> any SourceTree {
    guard let place else { throw Failure("there is nothing here") }
    if let tree = try? place.tree(at: .workTree) { return tree }
    return try place.tree(at: .revision("HEAD"))
  }

  private func rulebook() throws -> Rulebook {
    var dropped = Report()
    guard let rulebook = try Rulebook.read(try tree(), into: &dropped) else {
      throw Failure("there is no catalogue")
    }
    return rulebook
  }

  private func registers() throws -> [String] { try rulebook().catalogue.registers.map(\.name) }

  private func revisions() throws -> [String] {
    ["HEAD"] + (try place?.repository?.revisionNames().sorted() ?? [])
  }

  private func baselines() throws -> [String] {
    let catalogue = try rulebook().catalogue
    return try revisions().filter { catalogue.baselineKind(of: $0) != nil }
      .sorted { NaturalKey($0) < NaturalKey($1) }
  }

  /// Files and folders of the folder that the word leads to.
  private func files() -> [String] {
    let head = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let folder = session.absolute(head.isEmpty ? "." : head)
    return (FileWriter.names(inFolder: folder) ?? []).filter { !$0.hasPrefix(".") }.sorted()
      .map { head + $0 }
  }

  // MARK: Items and their parts

  /// Returns ids; behind a colon the clauses and fields of an item.
  private func items() async throws -> [String] {
    let name = ItemName(prefix)
    guard name.part != nil else { return try await ids { _ in true } }
    let (register, record) = try await item(name.item)
    var parts = record.node.members.compactMap(\.key.text)
    if register.shape == .document {
      parts += Passage.passages(of: record.node.tree.file, register.numbering).map(\.number)
    }
    return parts.filter { !$0.isEmpty }.map { name.item + ":" + $0 }
  }

  private func item(_ name: String) async throws -> (register: Register, record: Record) {
    let (tree, rulebook) = (try tree(), try rulebook())
    var entries = try tree.entries(under: RepoPath(Catalogue.folder))
    entries = entries.filter { entry in
      rulebook.catalogue.registers.contains { register in
        guard register.claims(entry.path) else { return false }
        return register.id(at: entry.path).map { register.ids(meant: name).contains($0) } ?? true
      }
    }
    return try RecordIndex(of: await read(entries, tree, rulebook)).item(name)
  }

  private func ids(ofTrailer key: String) async throws -> [String] {
    let catalogue = try rulebook().catalogue
    let demand = (catalogue.trailers + [catalogue.modificationTrailer].compactMap(\.self))
      .first { $0.key.lowercased() == key.lowercased() }
    return try await ids { demand?.targets.contains($0.name) ?? false }
  }

  /// Returns the ids of registers: of their paths where these say them, else as the files do.
  private func ids(in isWanted: (Register) -> Bool) async throws -> [String] {
    let (tree, rulebook) = (try tree(), try rulebook())
    let registers = rulebook.catalogue.registers.filter(isWanted)
    var ids: [String] = []
    var unread: [TreeEntry] = []
    for entry in try tree.entries(under: RepoPath(Catalogue.folder)) {
      guard let register = registers.first(where: { $0.claims(entry.path) }) else { continue }
      if let id = register.id(at: entry.path) { ids.append(id) } else { unread.append(entry) }
    }
    let snapshot = try await read(unread, tree, rulebook)
    return ids + snapshot.files.flatMap { $0.records.map(\.id) }
  }

  private func read(
    _ entries: [TreeEntry], _ tree: any SourceTree, _ rulebook: Rulebook
  ) async throws -> Snapshot {
    var dropped = Report()
    return try await Snapshot.read(
      tree, entries, by: rulebook, jobs: session.processorCount, judges: false, into: &dropped)
  }

  // MARK: Fields

  /// The register that a word before the cursor names, or the one of the item that it names.
  private func register() async throws -> Register? {
    let catalogue = try rulebook().catalogue
    for word in before {
      if let register = catalogue.register(named: word) { return register }
    }
    for word in before where !word.hasPrefix("-") {
      if let (register, _) = try? await item(ItemName(word).item) { return register }
    }
    return nil
  }

  private func fields() async throws -> [String] {
    let rulebook = try rulebook()
    let registers = try await register().map { [$0] } ?? rulebook.catalogue.registers
    return Set(registers.flatMap { rulebook.describedFields(of: $0) }).sorted()
  }

  private func assignments() async throws -> [String] {
    guard let sign = prefix.firstIndex(of: "=") else { return try await fields().map { $0 + "=" } }
    guard let register = try await register() else { return [] }
    let head = prefix[...sign]
    let field = prefix[..<sign].prefix { !"+-.[".contains($0) }
    return (try rulebook().listedTexts(of: register)[String(field)] ?? []).map { head + $0 }
  }
}

extension Session {
  /// Answers a script of a shell.
  mutating func complete(_ words: ArraySlice<String>) async {
    var found = await Completion(words, self).candidates()
    if environment["SAP_SHELL"] == "zsh" {
      // There a colon begins a description, and the script takes the last line away.
      found = found.map { $0.replacing("\\", with: "\\\\").replacing(":", with: "\\:") } + [" "]
    }
    output += found.map { $0 + "\n" }.joined()
  }
}

package import Diagnostics
import Patterns
import SourceText
package import Syntax

/// Reads the catalogue out of its node tree.
///
/// The catalogue's own schema says the same and more; this reader does not rely on it, because what
/// is judged must not choose its judge.
package struct CatalogueReader {
  private var report = Report()
  private let root: Node
  /// What is stated for several registers at once.
  private var groups: [RuleGroup] = []
  /// The keys of the trailers so far, in small letters.
  private var trailerKeys: [String: Node] = [:]

  /// Reads a catalogue.
  ///
  /// - Parameters:
  ///   - tree: The parsed file.
  ///   - report: Where findings go.
  /// - Returns: The catalogue with every register that could be read, or `nil` where there is none.
  package static func catalogue(in tree: SyntaxTree, into report: inout Report) -> Catalogue? {
    guard let root = tree.root, root.kind == .object else {
      report.error(
        .badCatalogue, "the catalogue is not a mapping", at: .file(tree.file.path),
        help: "Begin it with 'catalogue: 1'")
      return nil
    }
    var reader = CatalogueReader(root: root)
    let catalogue = reader.read()
    report.merge(reader.report)
    return catalogue
  }

  private init(root: Node) {
    self.root = root
  }

  private mutating func read() -> Catalogue? {
    guard let version = root["catalogue"], version.integer == 1 else {
      report.error(
        .catalogueVersion, "the catalogue does not begin with 'catalogue: 1'",
        at: (root["catalogue"] ?? root).range,
        help: "Write 'catalogue: 1', or use a release of registrar that knows this format")
      return nil
    }
    guard let registers = root["registers"], registers.kind == .object else {
      bad(root["registers"] ?? root, "'registers' is a mapping from names to registers")
      return nil
    }
    let (modifications, variations, signing) = (modifications(), variations(), signing())
    groups = ruleGroups()
    return Catalogue(
      title: root["title"]?.string ?? "",
      classes: root["classes"]?.elements.compactMap(\.string) ?? [],
      registers: registers.members.compactMap { register($0) },
      calendars: (root["calendars"]?.members ?? []).compactMap { calendar($0) },
      baselines: (root["baselines"]?.members ?? []).compactMap { baselineKind($0) },
      modifications: modifications, variations: variations, signing: signing,
      trailers: (root["trailers"]?.members ?? []).compactMap { trailer($0) },
      remotes: (root["remotes"]?.elements ?? []).compactMap { remote($0) })
  }

  private mutating func trailer(_ member: Node.Member) -> TrailerDemand? {
    let key = member.key.text ?? ""
    guard !key.isEmpty, key.utf8.allSatisfy(\.isOfTrailerKey) else {
      report.error(
        .badCatalogue, "Git reads no trailer '\(key)': its key is letters, digits and hyphens",
        at: member.key.range, help: "Write a key such as 'Decision' or 'Change-Request'")
      return nil
    }
    if let other = trailerKeys.updateValue(member.key, forKey: key.lowercased()) {
      report.error(
        .badCatalogue,
        "'\(key)' and '\(other.text ?? "")' are one trailer, in capitals and small letters",
        at: member.key.range, related: [.init("the other", at: other.range)],
        help: "Keep one of the two")
      return nil
    }
    let target = member.value["names"]
    let targets = (target?.kind == .array ? target?.elements : [target].compactMap(\.self)) ?? []
    let names = (member.value["when"]?.elements ?? []) + targets
    for name in names { requireRegister(name) }
    guard names.allSatisfy({ root["registers"]?[$0.text ?? ""] != nil }) else { return nil }
    return TrailerDemand(
      key: member.key.text ?? "",
      registers: member.value["when"]?.elements.compactMap(\.string) ?? [],
      targets: targets.compactMap(\.string), example: member.value["example"]?.string ?? "…")
  }

  private mutating func remote(_ node: Node) -> (pattern: Pattern, highest: String)? {
    guard let address = node["url"], let highest = node["highest"]?.string else {
      bad(node, "a remote has a pattern 'url' and the 'highest' class that may go there")
      return nil
    }
    return pattern(address).map { ($0, highest) }
  }

  private mutating func baselineKind(_ member: Node.Member) -> BaselineKind? {
    let definition = member.value
    guard let tag = definition["tag"], let template = tag.string,
      let kind = BaselineKind(
        name: member.key.text ?? "", tag: template,
        registers: definition["registers"]?.elements.compactMap(\.string),
        conditions: conditions(definition), versions: definition["versions"]?.string,
        demands: demands(definition["demands"]))
    else {
      bad(definition["tag"] ?? definition, "a kind of baseline has a 'tag' such as 'sec/{version}'")
      return nil
    }
    _ = registers(definition["registers"])
    if let versions = definition["versions"] { requireRegister(versions) }
    return kind
  }

  private mutating func signing() -> SigningPolicy {
    var policy = SigningPolicy()
    var faults: [(Node, Diagnostic.Message)] = []
    policy.readRoles(root["roles"]) { faults.append(($0, $1)) }
    for kind in root["baselines"]?.members ?? [] {
      policy.readDemands(kind.value["signers"], of: kind.key.text ?? "") {
        faults.append(($0, $1))
      }
    }
    for (node, message) in faults { bad(node, message) }
    return policy
  }

  private mutating func demands(_ node: Node?) -> BaselineDemands {
    var demands = BaselineDemands()
    demands.decision = node?["decision"]?.bool ?? false
    demands.published = node?["published"]?.bool ?? false
    demands.versions = node?["versions"]?.bool ?? false
    demands.explained = node?["explained"]?.elements.compactMap(\.string) ?? []
    demands.modifications = node?["modifications"]?.bool ?? false
    if demands.modifications, root["modifications"] == nil, let node {
      bad(node, "it demands 'modifications', and the catalogue does not say how they are kept")
    }
    return demands
  }

  private mutating func modifications() -> ModificationProcess? {
    guard let node = root["modifications"] else { return nil }
    guard let name = register(named: node), let state = node["state"]?.string else {
      bad(node, "'modifications' says the 'register' and the property 'state'")
      return nil
    }
    func texts(_ key: String) -> [String] { node[key]?.elements.compactMap(\.string) ?? [] }
    return ModificationProcess(
      register: name, branch: (try? node["branch"]?.string.map { try PathTemplate($0) }) ?? nil,
      trailer: node["trailer"]?.string ?? "Modification", state: state,
      approved: texts("approved"), implemented: node["implemented"]?.string,
      ended: texts("ended"), effective: node["effective"]?.string,
      affects: node["affects"]?.string, draftedAgainst: node["drafted_against"]?.string)
  }

  private mutating func variations() -> VariationRegister? {
    guard let node = root["variations"] else { return nil }
    guard let name = register(named: node), let end = node["end"]?.string else {
      bad(node, "'variations' says the 'register' and the property 'end'")
      return nil
    }
    return VariationRegister(register: name, end: end)
  }

  /// Returns the register that a part of the catalogue names.
  private mutating func register(named node: Node) -> String? {
    guard let register = node["register"], let name = register.string else { return nil }
    if root["registers"]?[name] == nil { bad(register, "there is no register '\(name)'") }
    return name
  }

  private mutating func calendar(_ member: Node.Member) -> CalendarDefinition? {
    let definition = member.value
    guard let register = definition["register"], let name = register.string,
      let first = definition["from"]?.string.flatMap(Day.init),
      let last = definition["to"]?.string.flatMap(Day.init), first <= last
    else {
      bad(definition, "a calendar has 'register', and the days 'from' and 'to' that it covers")
      return nil
    }
    guard root["registers"]?[name] != nil else {
      bad(register, "there is no register '\(name)'")
      return nil
    }
    return CalendarDefinition(
      name: member.key.text ?? "", register: name, span: first...last, place: register)
  }

  private mutating func bad(
    _ node: Node, _ message: Diagnostic.Message, _ help: String? = nil
  ) {
    report.error(
      .badCatalogue, message, at: node.range,
      help: help ?? "See: registrar explain \(Diagnostic.Code.badCatalogue.rawValue)")
  }

  /// Reads which records of its registers a kind of baseline holds.
  private mutating func conditions(_ kind: Node) -> [String: String] {
    var conditions: [String: String] = [:]
    let held = kind["registers"]?.elements.compactMap(\.string)
    for member in kind["where"]?.members ?? [] {
      guard let name = member.key.text, let source = member.value.string else { continue }
      if root["registers"]?[name] == nil {
        requireRegister(member.key)
      } else if held?.contains(name) == false {
        bad(
          member.key, "a baseline of this kind holds no '\(name)'",
          "Name the register under 'registers' too, or leave its condition out")
      }
      conditions[name] = source
    }
    return conditions
  }

  /// Returns the names in a list of registers; reports those that there are not.
  private mutating func registers(_ list: Node?) -> [String] {
    let names = (list?.elements ?? []).filter { $0.string != nil }
    for name in names { requireRegister(name) }
    return names.compactMap(\.string)
  }

  private mutating func requireRegister(_ name: Node) {
    guard let text = name.text, root["registers"]?[text] == nil else { return }
    let known = (root["registers"]?.members ?? []).compactMap(\.key.text)
    bad(name, "there is no register '\(text)'", advice(for: text, among: known))
  }

  /// Reads what is stated for several registers, and reports what is stated twice for one.
  private mutating func ruleGroups() -> [RuleGroup] {
    guard let list = root["rules"] else { return [] }
    guard list.kind == .array else {
      bad(
        list, "'rules' is a list of groups of rules",
        "Write '- rules: {…}' for all registers, with 'registers: […]' or 'except: […]' for some")
      return []
    }
    var stated: [String: [String: Node]] = [:]
    return list.elements.compactMap { node in
      if node["registers"] != nil, let except = node["except"] {
        bad(except, "a group names 'registers' or 'except', and not both", "Leave one of them out")
      }
      let group = RuleGroup(
        registers: node["registers"].map { Set(registers($0)) },
        except: Set(registers(node["except"])), rules: node["rules"]?.members ?? [])
      for register in (root["registers"]?.members ?? []).compactMap(\.key.text)
      where group.isFor(register) {
        for rule in group.rules {
          guard
            let earlier = stated[register, default: [:]].updateValue(
              rule.key, forKey: rule.key.text ?? "")
          else { continue }
          report.error(
            .badCatalogue,
            "the rule '\(rule.key.text ?? "")' is stated twice for '\(register)'",
            at: rule.key.range, related: [.init("stated here first", at: earlier.range)],
            help: "State it once, or name the registers of each")
        }
      }
      return group
    }
  }

  private mutating func register(_ member: Node.Member) -> Register? {
    let definition = member.value
    let name = member.key.text ?? ""
    guard definition.kind == .object else {
      bad(definition, "a register is a mapping with 'path', 'shape' and 'schema'")
      return nil
    }
    guard let shape = definition["shape"]?.string.flatMap(Catalogue.Shape.init) else {
      bad(
        definition["shape"] ?? definition,
        "the shape of '\(name)' must be record, list, table or document")
      return nil
    }
    let templates = templates(of: definition, name)
    guard !templates.isEmpty else { return nil }
    guard let schema = definition["schema"]?.string,
      let schemaPath = RepoPath(Catalogue.schemaFolder + "/" + schema)
    else {
      bad(definition["schema"] ?? definition, "'\(name)' names no schema file below schema/")
      return nil
    }
    let id = definition["id"]
    return Register(
      name: name, title: definition["title"]?.string ?? name, shape: shape, templates: templates,
      schemaPath: schemaPath, idProperty: id?["property"]?.string ?? "id",
      idPattern: id?["pattern"].flatMap { pattern($0) },
      nearForms: (id?["near"]?.elements ?? []).compactMap { nearForm($0) },
      order: (definition["order"]?.elements ?? []).compactMap(\.string)
        .map(Register.OrderKey.init),
      columns: (definition["columns"]?.elements ?? []).compactMap(\.string),
      classification: definition["classification"]?.string,
      numbering: definition["numbering"].flatMap { numbering($0) },
      rules: groups.rules(for: name, own: definition["rules"]?.members ?? []),
      definition: member.key)
  }

  private mutating func templates(of definition: Node, _ name: String) -> [PathTemplate] {
    guard let path = definition["path"] else {
      bad(definition, "'\(name)' has no 'path'")
      return []
    }
    return (path.kind == .array ? path.elements : [path]).compactMap { node in
      guard let text = node.string else {
        bad(node, "a path is a text such as 'risks/{id}.yaml'")
        return nil
      }
      do throws(PathTemplate.Fault) {
        return try PathTemplate(text)
      } catch {
        bad(node, "the path '\(text)' \(error.reason)")
        return nil
      }
    }
  }

  /// Returns the numbering that a register names.
  private mutating func numbering(_ name: Node) -> Numbering? {
    guard let text = name.string, let definition = root["numbering"]?[text] else {
      let known = (root["numbering"]?.members ?? []).compactMap(\.key.text)
      bad(
        name,
        known.isEmpty
          ? "the catalogue declares no 'numbering'"
          : "there is no numbering '\(name.text ?? "")', only: \(known.joined(separator: ", "))")
      return nil
    }
    let levels = definition["levels"]
    for level in levels?.elements ?? [] where Numbering.Level(level.text ?? "") == nil {
      bad(level, "a level is its first number as it is written, such as A, '.1', (a), (i) or '1.'")
      return nil
    }
    let texts = (levels?.elements ?? []).compactMap(\.text)
    guard let numbering = Numbering(name: text, levels: texts) else {
      bad(levels ?? definition, "a numbering has 'levels', the outermost first")
      return nil
    }
    return numbering
  }

  private mutating func nearForm(_ node: Node) -> Register.NearForm? {
    guard let source = node["pattern"], let form = node["form"]?.string else {
      bad(node, "a near-form has a 'pattern' and the right 'form'")
      return nil
    }
    return pattern(source).map { Register.NearForm(pattern: $0, form: form) }
  }

  private mutating func pattern(_ node: Node) -> Pattern? {
    guard let source = node.string else {
      bad(node, "a pattern is a regular expression as a text")
      return nil
    }
    do throws(PatternError) {
      return try Pattern(ecma262: source)
    } catch {
      bad(node, "'\(source)' is not a regular expression of ECMA-262: \(error.message)")
      return nil
    }
  }
}

extension UInt8 {
  /// Whether the byte may stand in the key of a trailer.
  fileprivate var isOfTrailerKey: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Diagnostic.Code {
  /// There is no catalogue.
  package static let missingCatalogue: Self = "catalogue/missing"
  /// The catalogue is of a version that this release does not know.
  package static let catalogueVersion: Self = "catalogue/version"
  /// Something in the catalogue is not as its format asks.
  package static let badCatalogue: Self = "catalogue/bad-value"
}

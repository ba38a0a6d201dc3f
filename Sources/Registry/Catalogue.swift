package import Patterns
package import SourceText
package import Syntax

/// What a configuration repository says of itself: which registers it has, where, in which shape.
///
/// Read from `schema/catalogue.yaml`; the format is an interface, documented in
/// `schema/catalogue.schema.json` and versioned by its first line, `catalogue: 1`.
package struct Catalogue: Sendable {
  package static let path = "schema/catalogue.yaml"
  /// The folder that holds all registers; path templates count from here.
  package static let folder = "registers"
  /// The folder that holds all schemas.
  package static let schemaFolder = "schema"
  /// The name of the register whose records take findings away.
  package static let waivers = "waivers"
  /// Both folders: all that a check looks at.
  package static let folders = [folder, schemaFolder].compactMap { RepoPath($0) }

  package let title: String
  /// The classes of information from the one with the widest audience to the narrowest.
  package let classes: [String]
  package let registers: [Register]
  /// The calendars by which Working Days are counted; the first is the one that is meant where none
  /// is named.
  package let calendars: [CalendarDefinition]
  /// The kinds of baseline; one of releases where the catalogue names none.
  package let baselines: [BaselineKind]
  package let modifications: ModificationProcess?
  package let variations: VariationRegister?
  /// Who may sign baselines.
  package let signing: SigningPolicy
  /// What the message of a commit must name, where it changes certain registers.
  package let trailers: [TrailerDemand]
  /// The highest class that may go to a remote, by patterns of addresses; the first that fits counts.
  package let remotes: [(pattern: Pattern, highest: String)]

  /// Returns the highest class that may go to an address; `nil` where the catalogue says nothing.
  package func highestClass(for url: String) -> String? {
    remotes.first { $0.pattern.matches(url) }?.highest
  }

  /// Returns the register with the given name.
  package func register(named name: String) -> Register? {
    registers.first { $0.name == name }
  }

  /// Whether a trailer of commits is a reason of what they change.
  ///
  /// It is one that the catalogue speaks of, or, where it speaks of none, a decision or a modification;
  /// others, such as who wrote with whom, are none.
  package func isReason(trailer key: String) -> Bool {
    let named =
      trailers.map(\.key) + [modifications?.trailer].compactMap(\.self)
      + baselines.flatMap(\.demands.explained)
    let known = named.isEmpty ? ["Decision", "Modification"] : named
    return known.contains { $0.lowercased() == key.lowercased() }
  }

  /// How the records of a register are kept in files.
  package enum Shape: String, CaseIterable, Sendable {
    /// One YAML file a record.
    case record
    /// One YAML file of many records.
    case list
    /// One CSV file, one row a record.
    case table
    /// One Markdown file a record, which is its YAML head.
    case document
  }
}

/// A trailer that messages of commits must have.
package struct TrailerDemand: Hashable, Sendable {
  package let key: String
  /// The registers whose change asks for it.
  package let registers: [String]
  /// The registers that its value names a record of one of; none where it may say anything.
  package let targets: [String]
  /// A value, for the message.
  package let example: String
}

/// One register of the catalogue.
package struct Register: Sendable {
  /// The key in the catalogue, which commands and references use.
  package let name: String
  package let title: String
  package let shape: Catalogue.Shape
  /// Where the files are; the first template that can hold an id is the right one for it.
  package let templates: [PathTemplate]
  package let schemaPath: RepoPath
  /// The property that holds the id.
  package let idProperty: String
  /// The regular form of an id, where the catalogue gives one.
  package let idPattern: Pattern?
  /// Spellings of ids that people use, and the regular form of each.
  package let nearForms: [NearForm]
  package let order: [OrderKey]
  package let columns: [String]
  /// The class of records that name none.
  package let classification: String?
  /// How the clauses of its documents are numbered; `nil` where that is not declared.
  package let numbering: Numbering?
  /// The rules that the catalogue switches on: their names and their parameters.
  package let rules: [Node.Member]
  /// Where the catalogue defines the register.
  package let definition: Node

  /// A way to write an id that is understood and not accepted.
  package struct NearForm: Sendable {
    package let pattern: Pattern
    /// The regular form, with `$1`… for the groups of the pattern.
    package let form: String
  }

  /// One property that records are ordered by.
  package struct OrderKey: Hashable, Sendable {
    package let property: String
    package let isDescending: Bool

    /// Reads a key of the catalogue: `-severity` is highest first.
    package init(_ text: String) {
      isDescending = text.hasPrefix("-")
      property = isDescending ? String(text.dropFirst()) : text
    }
  }

  /// Returns the regular form of what somebody may have meant as an id, or `nil`.
  ///
  /// Signs that look like those of a keyboard are taken for them: a dash for a hyphen, a no-break space for a
  /// space.
  package func regularForm(of text: String) -> String? {
    let plain = Self.withKeyboardSigns(text)
    for spelling in plain == text ? [text] : [text, plain] {
      for near in nearForms {
        guard let form = near.pattern.replacement(for: spelling, template: near.form) else {
          continue
        }
        // A form that is refused is no advice.
        if isRegular(form, with: PatternMatcher()) { return form }
      }
    }
    return plain != text && idPattern != nil && isRegular(plain, with: PatternMatcher())
      ? plain : nil
  }

  /// The ids that a user may mean: as written, without the name of the register, in the regular form.
  package func ids(meant name: String) -> [String] {
    let prefix = self.name + "/"
    let own = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return [own, regularForm(of: own)].compactMap(\.self)
  }

  /// Returns a text with the signs of a keyboard for those that look like them, without white space around it.
  private static func withKeyboardSigns(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: plain.append("-")
      case 0x2044, 0x2215, 0xFF0F: plain.append("/")
      case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: plain.append(" ")
      case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: break
      default: plain.append(scalar)
      }
    }
    var kept = String(plain)[...]
    while kept.first == " " { kept.removeFirst() }
    while kept.last == " " { kept.removeLast() }
    return String(kept)
  }

  /// Whether `id` has the regular form; anything has, where the catalogue gives none.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - matcher: The scratch space of the caller, who may ask of very many ids.
  /// - Returns: Whether it is regular.
  package func isRegular(_ id: String, with matcher: PatternMatcher) -> Bool {
    guard let idPattern else { return true }
    var id = id
    return id.withUTF8 { idPattern.matches($0, with: matcher) } == .matched
  }

  /// Returns the path where the record `id` belongs.
  ///
  /// - Parameters:
  ///   - id: The record's id.
  ///   - property: Returns the text of another property of the record, or `nil`.
  /// - Returns: The path, or `nil` where no template can hold such a record.
  package func path(of id: String, property: (String) -> String?) -> RepoPath? {
    for template in templates {
      let path = template.path { name in name == "id" || name == idProperty ? id : property(name) }
      if let path { return RepoPath(Catalogue.folder + "/" + path) }
    }
    return nil
  }

  /// Returns the id that the file at `path` must hold, or `nil` where the path is not of here or
  /// says nothing of the id.
  package func id(at path: RepoPath) -> String? {
    for template in templates {
      guard let values = template.values(in: path, below: Catalogue.folder) else { continue }
      guard let value = values["id"] ?? values[idProperty] else { return nil }
      let matcher = PatternMatcher()
      return value.first { isRegular($0, with: matcher) } ?? value.last
    }
    return nil
  }

  /// Whether an id alone says in which files a record may stand.
  package var isPlacedByID: Bool {
    templates.allSatisfy { $0.properties.allSatisfy { $0 == "id" || $0 == idProperty } }
  }

  /// Returns the files in which a record may stand, or may have stood, as far as its id says.
  package func paths(of id: String) -> [RepoPath] {
    // Each template is tried: the first that can hold the id now need not be the one of then.
    let own = templates.compactMap { template in
      template.path { $0 == "id" || $0 == idProperty ? id : nil }
    }.compactMap { RepoPath(Catalogue.folder + "/" + $0) }
    var seen: Set<RepoPath> = []
    return own.filter { seen.insert($0).inserted }
  }

  /// The paths of the register's files, where no property stands in them.
  package var fixedPaths: [RepoPath]? {
    let paths = templates.compactMap(\.fixedPath).compactMap {
      RepoPath(Catalogue.folder + "/" + $0)
    }
    return paths.count == templates.count ? paths : nil
  }

  /// What stands under the name of the register in the catalogue: a value follows its key.
  var entry: Node { Node(tree: definition.tree, index: definition.index + 1) }

  /// Whether a file at `path` would be one of this register.
  package func claims(_ path: RepoPath) -> Bool {
    templates.contains { $0.matches(path, below: Catalogue.folder) }
  }

  /// Whether files of this register may stand below a folder.
  package func reaches(below folder: RepoPath) -> Bool {
    templates.contains { $0.leads(into: folder, below: Catalogue.folder) }
  }
}

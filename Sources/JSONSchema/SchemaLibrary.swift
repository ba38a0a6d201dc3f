package import Diagnostics
import SourceText
package import Syntax

/// The schema documents that a compilation may refer to, and the resources inside them.
///
/// A *document* is a file; a *resource* is a schema with an `$id` of its own, or a document as a
/// whole (JSON Schema Core, section 4.3.5). References name resources by URI; where a URI leads is
/// decided by the caller's loader, which reads files only. Nothing is ever fetched.
package final class SchemaLibrary {
  /// A schema with a URI of its own.
  struct Resource {
    let document: Int
    let root: Int
    let uri: URIReference
    let vocabularies: Vocabulary
    /// The node of each `$anchor` and each `$dynamicAnchor`.
    var anchors: [String: Int] = [:]
    /// The nodes of the `$dynamicAnchor`s alone.
    var dynamicAnchors: [String: Int] = [:]
  }

  /// A subschema: a node of a document, read as part of a resource.
  struct Location: Hashable {
    let document: Int
    let node: Int
    let resource: Int
  }

  private(set) var documents: [SyntaxTree] = []
  private(set) var resources: [Resource] = []
  /// What is wrong with the schemas themselves.
  package var report = Report()
  private var resourceByURI: [String: Int] = [:]
  /// The resource that each subschema belongs to, document by document.
  private var resourceByNode: [[Int: Int]] = []
  private let load: (String) -> SyntaxTree?

  /// Makes a library that finds documents through `load`.
  ///
  /// - Parameter load: Returns the document under an absolute URI without fragment, or `nil`.
  package init(load: @escaping (String) -> SyntaxTree?) {
    self.load = load
  }

  /// Adds a document and everything in it that can be referred to.
  ///
  /// - Parameters:
  ///   - root: The document's root schema.
  ///   - uri: Where it was found; relative references count from here until an `$id` says otherwise.
  /// - Returns: The location of the root schema.
  @discardableResult
  func add(_ root: Node, at uri: String) -> Location {
    // The same document may be found under its place and under the `$id` that it gives itself.
    let known = resources.firstIndex { resource in
      documents[resource.document] === root.tree && resource.root == root.index
    }
    if let known {
      if resourceByURI[uri] == nil { resourceByURI[uri] = known }
      return Location(document: resources[known].document, node: root.index, resource: known)
    }
    let document = documents.count
    documents.append(root.tree)
    resourceByNode.append([:])
    let base = URIReference(uri).withoutFragment
    let ownID = root["$id"]?.string.map { URIReference($0).resolved(at: base).withoutFragment }
    let resource = open(
      document: document, root: root.index, uri: ownID ?? base, dialect: root["$schema"],
      inherited: .standard)
    if resourceByURI[base.description] == nil { resourceByURI[base.description] = resource }
    index(root, in: resource)
    return Location(document: document, node: root.index, resource: resource)
  }

  private func open(
    document: Int, root: Int, uri: URIReference, dialect: Node?, inherited: Vocabulary
  ) -> Int {
    let vocabularies = dialect.map { self.vocabularies(ofDialect: $0) } ?? inherited
    let resource = resources.count
    resources.append(
      Resource(document: document, root: root, uri: uri, vocabularies: vocabularies))
    let name = uri.description
    if let taken = resourceByURI[name] {
      let other = Node(tree: documents[resources[taken].document], index: resources[taken].root)
      let here = Node(tree: documents[document], index: root)
      if let id = here["$id"] {
        report.error(
          .duplicateSchemaID, .duplicateID(name), at: id.range,
          related: [.init("used here too", at: (other["$id"] ?? other).range)],
          help: "Give one of the two schemas another $id")
      }
    } else {
      resourceByURI[name] = resource
    }
    return resource
  }

  /// Notes the resources and anchors in `schema` and its subschemas.
  private func index(_ schema: Node, in parent: Int) {
    guard schema.kind == .object else { return }
    var resource = parent
    let members = schema.members
    if schema.index != resources[parent].root,
      let id = members.first(where: { $0.key.text == "$id" })?.value.string
    {
      resource = open(
        document: resources[parent].document, root: schema.index,
        uri: URIReference(id).resolved(at: resources[parent].uri).withoutFragment,
        dialect: members.first { $0.key.text == "$schema" }?.value,
        inherited: resources[parent].vocabularies)
    }
    resourceByNode[resources[resource].document][schema.index] = resource
    for member in members {
      guard let keyword = member.key.text.flatMap(Keyword.init) else { continue }
      switch keyword {
      case .anchor, .dynamicAnchor: addAnchor(member, keyword, to: resource, at: schema.index)
      default: break
      }
      switch keyword.subschemas {
      case .none: break
      case .one: index(member.value, in: resource)
      case .list: for element in member.value.elements { index(element, in: resource) }
      case .map: for inner in member.value.members { index(inner.value, in: resource) }
      }
    }
  }

  private func addAnchor(_ member: Node.Member, _ keyword: Keyword, to resource: Int, at node: Int)
  {
    guard let name = member.value.string else { return }
    if let taken = resources[resource].anchors[name], taken != node {
      report.error(
        .duplicateSchemaID, .duplicateAnchor(name), at: member.value.range,
        help: "Give one of the two subschemas another anchor")
    }
    resources[resource].anchors[name] = node
    if keyword == .dynamicAnchor { resources[resource].dynamicAnchors[name] = node }
  }
}

extension SchemaLibrary {
  /// Returns the subschema that `reference` names when it stands in `resource`.
  ///
  /// - Parameters:
  ///   - reference: The value of a `$ref` or `$dynamicRef`.
  ///   - resource: The resource that it stands in.
  /// - Returns: Where it leads, or `nil` where there is nothing.
  func target(of reference: String, from resource: Int) -> Location? {
    let uri = URIReference(reference).resolved(at: resources[resource].uri)
    guard let found = self.resource(at: uri.withoutFragment.description) else { return nil }
    let fragment = URIReference.removingPercentEncoding(uri.fragment ?? "")
    let target = resources[found]
    if fragment.isEmpty {
      return Location(document: target.document, node: target.root, resource: found)
    }
    if fragment.hasPrefix("/") { return follow(pointer: fragment, from: found) }
    guard let node = target.anchors[fragment] else { return nil }
    return Location(document: target.document, node: node, resource: found)
  }

  private func resource(at uri: String) -> Int? {
    if let known = resourceByURI[uri] { return known }
    guard let root = (MetaSchemas.document(at: uri) ?? load(uri))?.root else { return nil }
    add(root, at: uri)
    return resourceByURI[uri]
  }

  /// Returns the resource that a subschema belongs to, or `nil` where no keyword leads to it.
  func resource(of node: Int, in document: Int) -> Int? {
    resourceByNode[document][node]
  }

  /// Follows a JSON Pointer (RFC 6901) inside a resource.
  ///
  /// A pointer may lead to where no keyword of ours holds a schema; it then is one all the same.
  private func follow(pointer: String, from resource: Int) -> Location? {
    let document = resources[resource].document
    var node = Node(tree: documents[document], index: resources[resource].root)
    var current = resource
    for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      let name = unescaped(token)
      switch node.kind {
      case .object:
        guard let value = node[name] else { return nil }
        node = value
      case .array:
        guard let position = Int(name), node.elements.indices.contains(position) else {
          return nil
        }
        node = node.elements[position]
      default:
        return nil
      }
      current = resourceByNode[document][node.index] ?? current
    }
    return Location(document: document, node: node.index, resource: current)
  }

  /// Undoes the escapes of a JSON Pointer: `~1` is `/`, `~0` is `~`.
  private func unescaped(_ token: Substring) -> String {
    guard token.contains("~") else { return String(token) }
    var name = ""
    var isEscape = false
    for character in token.unicodeScalars {
      if isEscape {
        name.unicodeScalars.append(character == "1" ? "/" : character == "0" ? "~" : character)
        isEscape = false
      } else if character == "~" {
        isEscape = true
      } else {
        name.unicodeScalars.append(character)
      }
    }
    return name
  }

  /// Returns what the dialect that `$schema` names consists of.
  private func vocabularies(ofDialect dialect: Node) -> Vocabulary {
    guard let uri = dialect.string else { return .standard }
    let name = URIReference(uri).withoutFragment.description
    if name == MetaSchemas.dialect { return .standard }
    guard let tree = MetaSchemas.document(at: name) ?? load(name), let root = tree.root else {
      report.error(
        .unknownDialect, .unknownDialect(uri), at: dialect.range,
        help: "Write the schema in draft 2020-12: \"$schema\": \"\(MetaSchemas.dialect)\"")
      return .standard
    }
    guard let declared = root["$vocabulary"] else { return .standard }
    var vocabularies: Vocabulary = .core
    for member in declared.members {
      let uri = member.key.text ?? ""
      if let vocabulary = Vocabulary(uri: uri) {
        vocabularies.insert(vocabulary)
      } else if member.value.bool == true {
        report.error(
          .unknownVocabulary, .unknownVocabulary(uri), at: dialect.range,
          help: "Use a dialect whose required vocabularies are those of draft 2020-12")
      }
    }
    return vocabularies
  }
}

extension MetaSchemas {
  /// Returns the meta-schema at `uri`, or `nil` where there is none.
  static func document(at uri: String) -> SyntaxTree? {
    guard let text = texts[uri], let path = RepoPath("json-schema.org/" + uri.dropFirst(24)) else {
      return nil
    }
    var report = Report()
    let tree = JSONReader.tree(of: SourceFile(path: path, text: text), into: &report)
    precondition(report.isEmpty, "the meta-schemas are well-formed")
    return tree
  }
}

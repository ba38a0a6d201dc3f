import Diagnostics
import Patterns
package import Syntax

/// Turns schemas into an instruction list.
///
/// Each subschema becomes a block; a reference is a jump to one. Blocks are compiled from a queue,
/// so that schemas which refer to each other need no special care.
package struct Compiler {
  /// What to compile with.
  package struct Options: Sendable {
    /// Whether `format` is an assertion, as it is for registers, or only an annotation.
    package var assertsFormats: Bool
    /// The keywords whose places are collected while a value is checked.
    package var annotationKeywords: [String]

    package init(assertsFormats: Bool, annotationKeywords: [String] = []) {
      self.assertsFormats = assertsFormats
      self.annotationKeywords = annotationKeywords
    }
  }

  let library: SchemaLibrary
  let options: Options
  var draft: ProgramDraft
  private var blockByLocation: [SchemaLibrary.Location: Int32] = [:]
  private var queue: [SchemaLibrary.Location] = []
  private var anchorNumbers: [String: Int32] = [:]
  private var anchoredResources = 0

  private init(library: SchemaLibrary, options: Options) {
    self.library = library
    self.options = options
    draft = ProgramDraft(annotationKeywords: options.annotationKeywords)
  }

  /// Compiles a schema.
  ///
  /// What is wrong with the schemas is added to the library's report; the program then leaves out
  /// what could not be compiled.
  ///
  /// - Parameters:
  ///   - schema: The root schema of a document.
  ///   - uri: Where it was found.
  ///   - library: The documents that it may refer to.
  ///   - options: What to compile with.
  /// - Returns: The program.
  package static func program(
    for schema: Node, at uri: String, library: SchemaLibrary, options: Options
  ) -> Program {
    let location = library.add(schema, at: uri)
    var compiler = Compiler(library: library, options: options)
    let entry = compiler.block(at: location)
    compiler.compileQueue()
    return Program(compiler.draft, documents: library.documents, entry: entry)
  }

  private mutating func compileQueue() {
    var next = 0
    while next < queue.count {
      while next < queue.count {
        compile(queue[next])
        next += 1
      }
      // Any resource that was entered may be the one a $dynamicRef looks for.
      addDynamicAnchors()
    }
  }

  /// Returns the number of the block for a subschema, which is compiled later if it is new.
  mutating func block(at location: SchemaLibrary.Location) -> Int32 {
    if let known = blockByLocation[location] { return known }
    let number = Int32(draft.blocks.count)
    draft.blocks.append(
      Block(
        document: Int32(location.document), node: Int32(location.node),
        resource: Int32(location.resource)))
    blockByLocation[location] = number
    queue.append(location)
    return number
  }

  /// Returns the block for a subschema that stands in the schema at `location`.
  mutating func block(_ schema: Node, in location: SchemaLibrary.Location) -> Int32 {
    block(at: library.location(of: schema, in: location))
  }

  private mutating func compile(_ location: SchemaLibrary.Location) {
    guard let number = blockByLocation[location] else { return }
    let schema = Node(tree: library.documents[location.document], index: location.node)
    let first = Int32(draft.instructions.count)
    switch schema.kind {
    case .object:
      compileMembers(of: schema, at: location, number)
    case .true:
      break
    case .false:
      draft.blocks[Int(number)].isNever = true
      draft.instructions.append(Instruction(operation: .never, keyword: Int32(schema.index)))
    default:
      library.report.error(
        .badKeyword, "a schema is an object, true or false", at: schema.range,
        help: "Write the keywords of the schema between braces")
    }
    draft.blocks[Int(number)].first = first
    draft.blocks[Int(number)].end = Int32(draft.instructions.count)
  }

  private mutating func addDynamicAnchors() {
    while anchoredResources < library.resources.count {
      let resource = library.resources[anchoredResources]
      for (name, node) in resource.dynamicAnchors.sorted(by: { $0.key < $1.key }) {
        let location = SchemaLibrary.Location(
          document: resource.document, node: node, resource: anchoredResources)
        let anchor = anchorNumber(name)
        draft.dynamicAnchors[Int(anchor)][Int32(anchoredResources)] = block(at: location)
      }
      anchoredResources += 1
    }
  }

  /// Returns the number that stands for a dynamic anchor's name in the program.
  mutating func anchorNumber(_ name: String) -> Int32 {
    if let known = anchorNumbers[name] { return known }
    let number = Int32(draft.dynamicAnchors.count)
    draft.dynamicAnchors.append([:])
    anchorNumbers[name] = number
    return number
  }
}

extension SchemaLibrary {
  /// Returns the location of a subschema that stands in the schema at `parent`.
  func location(of schema: Node, in parent: Location) -> Location {
    Location(
      document: parent.document, node: schema.index,
      resource: resource(of: schema.index, in: parent.document) ?? parent.resource)
  }
}

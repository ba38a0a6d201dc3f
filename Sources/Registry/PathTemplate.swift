package import SourceText

/// The place of a register's files, with braces where a property of the record stands.
///
/// `actions/{body}/{id|dash}.yaml` leads both ways: from a record to its file, and from a file to the
/// id that must be in it.
package struct PathTemplate: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case literal([UInt8])
    case property(String, Filter)
  }

  /// How a property is written in a path.
  private enum Filter: Hashable, Sendable {
    case verbatim
    /// `/` as `-`.
    case dash
    /// Without the prefix that it must have.
    case drop(String)
  }

  /// Why a text is not a template.
  package struct Fault: Error, Hashable, Sendable {
    package let reason: String
  }

  package let text: String
  private let parts: [Part]

  /// Reads a template.
  ///
  /// - Parameter text: The template as the catalogue has it.
  /// - Throws: `Fault` with what is wrong, as the end of a sentence about the template.
  package init(_ text: String) throws(Fault) {
    self.text = text
    var parts: [Part] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      guard let brace = rest.firstIndex(of: "{") else {
        parts.append(.literal(Array(rest.utf8)))
        break
      }
      if brace > rest.startIndex { parts.append(.literal(Array(rest[..<brace].utf8))) }
      guard let close = rest[brace...].firstIndex(of: "}") else {
        throw Fault(reason: "has a '{' without its '}'")
      }
      let inside = rest[rest.index(after: brace)..<close]
      if case .property? = parts.last {
        throw Fault(reason: "has two properties with nothing between them")
      }
      parts.append(try Self.property(inside))
      rest = rest[rest.index(after: close)...]
    }
    guard RepoPath(text.filter { $0 != "{" && $0 != "}" && $0 != "|" }) != nil else {
      throw Fault(reason: "is not a relative path without '..'")
    }
    self.parts = parts
  }

  private static func property(_ text: Substring) throws(Fault) -> Part {
    let pieces = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(pieces[0])
    guard !name.isEmpty, !name.contains("/") else {
      throw Fault(reason: "has '{\(text)}', which names no property")
    }
    guard pieces.count > 1 else { return .property(name, .verbatim) }
    if pieces[1] == "dash" { return .property(name, .dash) }
    if pieces[1].hasPrefix("drop:") {
      return .property(name, .drop(String(pieces[1].dropFirst(5))))
    }
    throw Fault(reason: "has the filter '\(pieces[1])', which is neither 'dash' nor 'drop:…'")
  }

  /// The template as editors match paths: a star for each property.
  package var glob: String {
    parts.map { part in
      switch part {
      case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
      case .property: "*"
      }
    }.joined()
  }

  /// The path, where no property stands in it.
  package var fixedPath: String? { path { _ in nil } }

  /// What stands before the first property.
  var literalPrefix: [UInt8] {
    guard case .literal(let bytes)? = parts.first else { return [] }
    return bytes
  }

  /// The properties that stand in the path.
  package var properties: [String] {
    parts.compactMap { part in
      guard case .property(let name, _) = part else { return nil }
      return name
    }
  }

  /// Returns the path for the properties that `value` gives, or `nil` where one cannot stand there.
  package func path(_ value: (String) -> String?) -> String? {
    var path = ""
    for part in parts {
      switch part {
      case .literal(let bytes):
        path += String(decoding: bytes, as: UTF8.self)
      case .property(let name, let filter):
        guard var text = value(name) else { return nil }
        switch filter {
        case .verbatim: break
        case .dash: text = String(text.map { $0 == "/" ? "-" : $0 })
        case .drop(let prefix):
          guard text.hasPrefix(prefix) else { return nil }
          text.removeFirst(prefix.count)
        }
        guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        path += text
      }
    }
    return path
  }

  /// Whether the template can lead to `path`.
  package func matches(_ path: RepoPath, below folder: String) -> Bool {
    walk(path, below: folder) { _, _, _ in }
  }

  /// Whether the template can lead to a path below a folder.
  package func leads(into path: RepoPath, below folder: String) -> Bool {
    let asked = path.string.split(separator: "/")
    let own = "\(folder)/\(glob)".split(separator: "/")
    guard asked.count < own.count else { return false }
    return zip(asked, own).allSatisfy { name, pattern in
      guard let first = pattern.firstIndex(of: "*"), let last = pattern.lastIndex(of: "*") else {
        return name == pattern
      }
      return name.hasPrefix(pattern[..<first])
        && name.hasSuffix(pattern[pattern.index(after: last)...])
    }
  }

  /// Returns what each property would be in a record at `path`, most likely spelling first.
  ///
  /// - Parameters:
  ///   - path: A path of the repository.
  ///   - folder: The folder that the template counts from.
  /// - Returns: The properties with their possible values, or `nil` where the template cannot lead
  ///   there.
  package func values(in path: RepoPath, below folder: String) -> [String: [String]]? {
    guard let stretches = stretches(in: path, below: folder) else { return nil }
    var values: [String: [String]] = [:]
    for (name, filter, text) in stretches {
      switch filter {
      case .verbatim: values[name] = [text]
      case .dash: values[name] = Self.undashed(text)
      case .drop(let prefix): values[name] = [prefix + text]
      }
    }
    return values
  }

  /// Returns what a text with dashes may have been: any of them, or none, may stand for `/`.
  private static func undashed(_ text: String) -> [String] {
    var spellings = [String(text.map { $0 == "-" ? "/" : $0 })]
    for index in text.indices where text[index] == "-" {
      spellings.append(text[..<index] + "/" + text[text.index(after: index)...])
    }
    return spellings + [text]
  }

  private func stretches(
    in path: RepoPath, below folder: String
  ) -> [(name: String, filter: Filter, text: String)]? {
    var stretches: [(name: String, filter: Filter, text: String)] = []
    let matches = walk(path, below: folder) { name, filter, text in
      stretches.append((name, filter, String(decoding: text, as: UTF8.self)))
    }
    return matches ? stretches : nil
  }

  /// Follows the template along a path and tells what stands for each property.
  ///
  /// - Returns: Whether the template leads to the path.
  private func walk(
    _ path: RepoPath, below folder: String,
    _ body: (String, Filter, Slice<UnsafeBufferPointer<UInt8>>) -> Void
  ) -> Bool {
    var text = path.string
    return text.withUTF8 { bytes in
      guard bytes.starts(with: folder.utf8), bytes.count > folder.utf8.count,
        bytes[folder.utf8.count] == UInt8(ascii: "/")
      else { return false }
      var offset = folder.utf8.count + 1
      for (position, part) in parts.enumerated() {
        switch part {
        case .literal(let literal):
          guard bytes[offset...].starts(with: literal) else { return false }
          offset += literal.count
        case .property(let name, let filter):
          guard let end = end(of: position, in: bytes, from: offset) else { return false }
          body(name, filter, bytes[offset..<end])
          offset = end
        }
      }
      return offset == bytes.count
    }
  }

  /// Returns where the property at `position` ends: before the last place in its path component
  /// where the literal after it begins.
  private func end(
    of position: Int, in bytes: UnsafeBufferPointer<UInt8>, from offset: Int
  ) -> Int? {
    let slash = bytes[offset...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
    guard position + 1 < parts.count, case .literal(let next) = parts[position + 1] else {
      return slash > offset ? slash : nil
    }
    var candidate = slash
    while candidate > offset {
      if bytes[candidate...].starts(with: next) { return candidate }
      candidate -= 1
    }
    return nil
  }
}

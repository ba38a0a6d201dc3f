/// A kind of baseline: how its tags are named, and what it holds.
package struct BaselineKind: Hashable, Sendable {
  package let name: String
  /// The names of the registers that it holds; `nil` for all.
  package let registers: [String]?
  /// For registers of which it holds some records, the expression over 'self' that tells which.
  package let conditions: [String: String]
  /// The register whose records are what its tags are named after, and say from when they are in force.
  package let versions: String?
  private let prefix: String
  private let suffix: String
  /// What stands in the name: `version`, `meeting`.
  package let property: String
  package let demands: BaselineDemands

  /// Reads a kind, or returns `nil` where the tag has no property in braces.
  package init?(
    name: String, tag: String, registers: [String]?, conditions: [String: String] = [:],
    versions: String? = nil, demands: BaselineDemands = .init()
  ) {
    guard let open = tag.firstIndex(of: "{"), let close = tag.firstIndex(of: "}"), open < close
    else { return nil }
    self.name = name
    self.registers = registers
    self.conditions = conditions
    self.versions = versions
    self.demands = demands
    prefix = String(tag[..<open])
    suffix = String(tag[tag.index(after: close)...])
    property = String(tag[tag.index(after: open)..<close])
    guard !property.isEmpty else { return nil }
  }

  /// What a catalogue has that names no kinds.
  package static let release = BaselineKind(
    name: "release", tag: "release/{version}", registers: nil)

  /// The tag's name with the property in braces.
  package var template: String { prefix + "{" + property + "}" + suffix }

  /// Whether a tag of a name keeps some of the kind from being made: Git has no reference below another.
  package func isBlocked(by tag: String) -> Bool {
    let slash = UInt8(ascii: "/")
    let parts = tag.utf8.split(separator: slash, omittingEmptySubsequences: false)
    let own = template.utf8.split(separator: slash, omittingEmptySubsequences: false)
    let mark = Array("{\(property)}".utf8)
    return parts.count != own.count
      && zip(parts, own).allSatisfy { part, pattern in
        guard let place = Array(pattern).firstRange(of: mark) else {
          return part.elementsEqual(pattern)
        }
        let (start, end) = (
          Array(pattern)[..<place.lowerBound], Array(pattern)[place.upperBound...]
        )
        return part.starts(with: start) && part.reversed().starts(with: end.reversed())
          && part.count > start.count + end.count
      }
  }

  /// Returns what stands for the property in a tag's name, or `nil` where the name is not of the kind.
  package func value(in tag: String) -> String? {
    // By bytes, as Git names tags: to texts a mark that combines would be part of the prefix.
    let (name, prefix, suffix) = (tag.utf8, prefix.utf8, suffix.utf8)
    guard name.starts(with: prefix), name.reversed().starts(with: suffix.reversed()),
      name.count > prefix.count + suffix.count
    else { return nil }
    let value = name.dropFirst(prefix.count).dropLast(suffix.count)
    return value.contains(UInt8(ascii: "/")) ? nil : String(Substring(value))
  }
}

extension Catalogue {
  /// The kinds of baseline; where the catalogue names none, `release/{version}`.
  package var kinds: [BaselineKind] {
    baselines.isEmpty ? [BaselineKind.release].compactMap(\.self) : baselines
  }

  /// Returns the register whose records a kind is named after: the one that it names, else `meetings` for
  /// `panel/{meeting}`; `nil` where the catalogue has none of that name.
  package func register(namingKind kind: BaselineKind) -> Register? {
    if let versions = kind.versions { return register(named: versions) }
    let name = kind.property
    let plurals = [name, name + "s"] + (name.hasSuffix("y") ? [name.dropLast() + "ies"] : [])
    return plurals.lazy.compactMap { self.register(named: $0) }.first
  }

  /// Returns a kind of which a tag of a name would keep some from being made.
  package func baselineKind(blockedBy tag: String) -> BaselineKind? {
    kinds.first { $0.isBlocked(by: tag) }
  }

  /// Returns the kind that a tag's name is of.
  package func baselineKind(of tag: String) -> BaselineKind? {
    kinds.first { $0.value(in: tag) != nil }
  }
}

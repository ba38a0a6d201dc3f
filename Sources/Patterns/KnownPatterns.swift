import Synchronization

/// The patterns that were compiled last: compiling takes longer than most searches, and who checks one version after
/// the other, or one record after the other, meets the same patterns again and again.
enum KnownPatterns {
  enum Language: Hashable {
    case ecma262
    case re2
  }

  private struct Key: Hashable {
    let language: Language
    /// Texts that Unicode takes for the same are patterns of their own.
    let source: [UInt8]
  }

  private static let most = 2000
  private static let known = Mutex<[Key: Pattern]>([:])

  /// Returns a pattern, as it was compiled before or else as `compile` compiles it.
  static func pattern(
    _ source: String, in language: Language, _ compile: () throws(PatternError) -> Pattern
  ) throws(PatternError) -> Pattern {
    let key = Key(language: language, source: Array(source.utf8))
    if let pattern = known.withLock({ $0[key] }) { return pattern }
    let pattern = try compile()
    known.withLock { known in
      if known.count >= most { known.removeAll() }
      known[key] = pattern
    }
    return pattern
  }
}

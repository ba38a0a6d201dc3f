import Cpcre2

/// The scratch space for running patterns; one serves one task and any number of patterns.
package final class PatternMatcher {
  /// About a tenth of a second of backtracking.
  private static let stepLimit: UInt32 = 4_000_000
  /// In KiB.
  private static let heapLimit: UInt32 = 64 * 1024
  /// The largest number of groups that a template can name, and the whole match.
  private static let groupCount: UInt32 = 10

  private let context: OpaquePointer?
  private let data: OpaquePointer?
  private let stack: OpaquePointer?

  /// One more than the highest group that took part in the last match; what stands beyond is stale.
  private var matchedGroups = 0

  package init() {
    context = pcre2_match_context_create_8(nil)
    data = pcre2_match_data_create_8(Self.groupCount, nil)
    stack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
    pcre2_set_match_limit_8(context, Self.stepLimit)
    pcre2_set_heap_limit_8(context, Self.heapLimit)
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }

  func run(
    _ code: CompiledCode, on text: UnsafeBufferPointer<UInt8>, from offset: Int = 0
  ) -> Pattern.Outcome {
    // PCRE2 wants an address even for no bytes.
    var nothing: UInt8 = 0
    let result = withUnsafePointer(to: &nothing) { empty in
      let start = text.baseAddress ?? empty
      let outcome = pcre2_match_8(
        code.pointer, start, text.count, offset, UInt32(PCRE2_NO_UTF_CHECK), data, context)
      guard outcome == PCRE2_ERROR_JIT_STACKLIMIT else { return outcome }
      return pcre2_match_8(
        code.pointer, start, text.count, offset, UInt32(PCRE2_NO_UTF_CHECK) | UInt32(PCRE2_NO_JIT),
        data,
        context)
    }
    // 0 stands for more groups than there is room for.
    matchedGroups = result == 0 ? Int(Self.groupCount) : Int(max(0, result))
    if result >= 0 { return .matched }
    return result == PCRE2_ERROR_NOMATCH ? .notMatched : .gaveUp
  }

  /// Returns where a group of the last match stands, or `nil` where it took no part.
  func range(_ group: Int) -> Range<Int>? {
    guard group < matchedGroups,
      let offsets = pcre2_get_ovector_pointer_8(data)
    else { return nil }
    let (low, high) = (offsets[group * 2], offsets[group * 2 + 1])
    // PCRE2_UNSET is the largest value of C, and -1 here.
    guard low >= 0, low <= high else { return nil }
    return Int(low)..<Int(high)
  }
}

/// Turns libyaml's marks, which count Unicode scalars, into UTF-8 offsets.
///
/// Marks come nearly in order, so each answer begins where the last one ended; in an ASCII file a
/// mark is an offset already.
struct MarkOffsets {
  private let source: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let end: Int
  private let isASCII: Bool
  private var lastMark = 0
  private var lastOffset: Int

  init(source: UnsafeBufferPointer<UInt8>, range: Range<Int>, isASCII: Bool) {
    self.source = source
    start = range.lowerBound
    end = range.upperBound
    self.isASCII = isASCII
    lastOffset = start
  }

  mutating func offset(of mark: Int) -> Int {
    if isASCII { return min(start + mark, end) }
    while lastMark < mark, lastOffset < end {
      lastOffset += 1
      while lastOffset < end, source[lastOffset] & 0xC0 == 0x80 { lastOffset += 1 }
      lastMark += 1
    }
    while lastMark > mark, lastOffset > start {
      lastOffset -= 1
      while lastOffset > start, source[lastOffset] & 0xC0 == 0x80 { lastOffset -= 1 }
      lastMark -= 1
    }
    return lastOffset
  }
}

import Registry
import Testing

@Test(arguments: [Int.min, -1, 0, 253_402_300_799, .max])
func `a moment beyond the calendar is its first or its last`(_ seconds: Int) {
  #expect((20...21).contains(Day.timestamp(seconds).utf8.count))
}

@Test func `a day beyond all days is the last or the first`() {
  #expect(Day(number: .max).advanced(by: 1) == Day(number: .max))
  #expect(Day(number: .min).advanced(by: .min) == Day(number: .min))
  #expect(Day(number: .max).distance(to: Day(number: .min)) < 0)
}

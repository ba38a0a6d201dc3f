import CEL
import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// Evaluates an expression over the calendar of this repository.
private func value(of source: String) async throws -> String {
  let tree = WorkTree(root: projectFolder)
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(tree, jobs: 1, into: &report))
  let functions = OwnFunctions(over: RecordIndex(of: snapshot))
  var interpreter = Interpreter(functions: functions.call)
  let expression = try Parser.expression(source)
  do throws(EvaluationError) {
    return try interpreter.value(of: expression).text
  } catch {
    return error.message
  }
}

@Test(arguments: [
  ("2016-11-23", 15, "2016-12-14"), ("2017-02-22", 15, "2017-03-15"),
  ("2017-03-10", 15, "2017-03-31"), ("2016-12-09", 23, "2017-01-16"),
  ("2016-12-09", 44, "2017-02-14"), ("2019-09-19", -5, "2019-09-12"),
  ("2016-12-09", -5, "2016-12-02"), ("2016-12-14", 15, "2017-01-09"),
])
func `Working Days are counted from the day after the start`(
  _ start: String, _ count: Int, _ end: String
) async throws {
  #expect(try await value(of: "addWorkingDays('\(start)', \(count))") == "\"\(end)\"")
  #expect(try await value(of: "workingDays('\(start)', '\(end)')") == String(count))
}

@Test(arguments: [
  ("workingDays(date('2016-12-09'), timestamp('2016-12-12T09:00:00Z'))", "1"),
  (
    "addWorkingDays('2030-12-31', 1)",
    "2031-01-01 is beyond the calendar 'england-and-wales', which covers 2013-01-01 to 2030-12-31"
  ),
  ("workingDays('2012-12-31', '2013-01-02')", "2012-12-31 is beyond the calendar"),
  ("workingDays('2016-12-09', '2016-12-12', 'scotland')", "the catalogue has no calendar"),
  ("workingDays('2017-02-29', '2017-03-01')", "'2017-02-29' is no date such as 2016-12-09"),
  ("version('5.9') < version('5.10')", "true"), ("version('5.9') < version('5')", "false"),
  ("version('5.x')", "'5.x' is no version such as 5.10"),
  ("date('2016-12-09').getDayOfWeek()", "5"),
  ("record('meetings', 'SECP39').held.orValue('')", "\"2016-12-09\""),
  ("record('meetings', 'SECP1').hasValue()", "false"),
  ("records('risks').filter(r, has(r.severity) && r.severity == 9).size()", "6"),
  ("records('rsks')", "there is no register 'rsks'"),
])
func `functions of our own ask the registers and the calendar`(
  _ source: String, _ expected: String
) async throws {
  #expect(try await value(of: source).hasPrefix(expected))
}

@Test func `a date is the day that other calendars say it is`() {
  #expect(Day("2016-12-09")?.weekday == 4)
  #expect(Day("2000-02-29")?.description == "2000-02-29")
  #expect(Day("1900-02-29") == nil)
  #expect(Day("1969-12-31")?.number == -1)
  for number in stride(from: -800_000, to: 800_000, by: 997) {
    let day = Day(number: number)
    #expect(Day(year: day.parts.year, month: day.parts.month, day: day.parts.day) == day)
  }
}

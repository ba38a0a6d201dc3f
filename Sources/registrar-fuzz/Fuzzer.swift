@preconcurrency import Glibc

/// The readers that are fed with what nobody wrote, by name.
enum Target: String, CaseIterable {
  case yaml
  case csv
  case json
  case markdown
  case catalogue
  case schema
  case pattern
  case cel
  case record
  case redline
  case server
  case index
  case object
  case pack
  case tag
  case notes

  /// The target that the variable REGISTRAR_FUZZ_TARGET names.
  static let chosen: Target = {
    let name = getenv("REGISTRAR_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = Target(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: " ")
      fputs("REGISTRAR_FUZZ_TARGET names no target; there are: \(names)\n", stderr)
      exit(2)
    }
    return target
  }()

  func run(_ bytes: [UInt8]) {
    switch self {
    case .yaml: TextTargets.yaml(bytes)
    case .csv: TextTargets.csv(bytes)
    case .json: TextTargets.json(bytes)
    case .markdown: TextTargets.markdown(bytes)
    case .catalogue: TextTargets.catalogue(bytes)
    case .schema: TextTargets.schema(bytes)
    case .pattern: TextTargets.pattern(bytes)
    case .cel: TextTargets.cel(bytes)
    case .redline: TextTargets.redline(bytes)
    case .server: TextTargets.server(bytes)
    case .record: RecordTarget.check(bytes)
    case .index: StoreTargets.index(bytes)
    case .object: StoreTargets.object(bytes)
    case .pack: StoreTargets.pack(bytes)
    case .tag: StoreTargets.tag(bytes)
    case .notes: StoreTargets.notes(bytes)
    }
  }
}

/// What libFuzzer calls with each input; it stops at whatever ends the process, or takes too long.
private func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Target.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// libFuzzer's own main, which reads the arguments and runs the loop.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The entry point: the package manager renames the main of a program, so that libFuzzer's is never called.
@_cdecl("registrar_fuzz_main")
public func main(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments) { testOneInput($0, $1) }
}

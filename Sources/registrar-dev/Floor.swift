import Clibyaml
import Glibc

/// The physical limit that a check is measured against: every file read, and run through libyaml's
/// event parser, on one thread, with nothing kept.
enum Floor {
  /// Parses every file of a folder.
  ///
  /// - Parameter folder: A folder of YAML files.
  /// - Returns: The number of events, so that the work cannot be left out.
  static func parse(_ folder: String) -> Int {
    guard let stream = opendir(folder) else { return 0 }
    defer { closedir(stream) }
    var events = 0
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
    while let entry = readdir(stream) {
      let name = String(
        cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
      guard name.hasSuffix(".yaml") else { continue }
      events += parseFile(folder + "/" + name)
    }
    return events
  }

  private static func parseFile(_ path: String) -> Int {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var status = stat()
    fstat(file, &status)
    let bytes = [UInt8](unsafeUninitializedCapacity: status.st_size) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, buffer.count))
    }
    var events = 0
    var parser = yaml_parser_t()
    yaml_parser_initialize(&parser)
    defer { yaml_parser_delete(&parser) }
    bytes.withUnsafeBufferPointer { bytes in
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      var isDone = false
      while !isDone {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return }
        isDone = event.type == YAML_STREAM_END_EVENT
        events += 1
        yaml_event_delete(&event)
      }
    }
    return events
  }
}

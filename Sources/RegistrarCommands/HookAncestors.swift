import Glibc

/// The programs that this one was started by.
///
/// Another tool may keep registrar's hook and run it from its own, which registrar has kept and runs
/// first: each would run the other without end. Nothing in the environment says so, which whoever
/// pushes could set; the processes are facts.
enum HookAncestors {
  /// How far back to look.
  private static let depth = 64

  /// Whether one of them is registrar as the same hook in the same folder.
  ///
  /// - Parameter hook: The hook, as Git names it.
  /// - Returns: Whether it is; false where the system does not say.
  static func include(_ hook: String) -> Bool {
    guard let program = link("/proc/self/exe"), let folder = link("/proc/self/cwd") else {
      return false
    }
    var process = getppid()
    for _ in 0..<depth where process > 1 {
      let place = "/proc/\(process)/"
      if link(place + "exe") == program, link(place + "cwd") == folder {
        let words = bytes(place + "cmdline").split(separator: 0)
          .map { String(decoding: $0, as: UTF8.self) }
        if words.dropFirst().starts(with: ["hook", hook]) { return true }
      }
      guard let parent = parent(of: process) else { return false }
      process = parent
    }
    return false
  }

  /// What a process was started by: the second word after its name, which may hold anything.
  private static func parent(of process: pid_t) -> pid_t? {
    let status = bytes("/proc/\(process)/stat")
    guard let end = status.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let words = status[status.index(after: end)...].split(separator: UInt8(ascii: " "))
    return words.dropFirst().first.flatMap { pid_t(String(decoding: $0, as: UTF8.self)) }
  }

  private static func link(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink(path, &buffer, buffer.count)
    return count > 0
      ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  /// Reads a file of the system, which has no size.
  private static func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : []
  }
}

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

  /// Finds the nearest of them that runs a program.
  ///
  /// - Parameter isMeant: Whether a word of its command is meant, without the folders before it.
  /// - Returns: The process; `nil` where there is none, or the system does not say.
  static func process(_ isMeant: (String) -> Bool) -> RunningProcess? {
    var id = getppid()
    for _ in 0..<depth where id > 1 {
      guard let process = RunningProcess(id) else { return nil }
      let words = bytes("/proc/\(id)/cmdline").split(separator: 0)
        .compactMap { $0.split(separator: UInt8(ascii: "/")).last }
      if words.prefix(16).contains(where: { isMeant(String(decoding: $0, as: UTF8.self)) }) {
        return process
      }
      id = process.parent
    }
    return nil
  }

  private static func parent(of process: pid_t) -> pid_t? { RunningProcess(process)?.parent }

  private static func link(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink(path, &buffer, buffer.count)
    return count > 0
      ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  /// Reads a file of the system, which has no size.
  fileprivate static func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : []
  }
}

/// A process of the system.
struct RunningProcess {
  let id: pid_t
  let parent: pid_t
  /// When it was started, as the system counts; another process of the same number has another one.
  let start: String

  /// Finds a process that runs; `nil` where it has ended, or the system does not say.
  init?(_ id: pid_t) {
    let status = HookAncestors.bytes("/proc/\(id)/stat")
    // The name before may hold anything.
    guard let end = status.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let words = status[status.index(after: end)...].split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count > 19, !["Z", "X"].contains(words[0]), let parent = pid_t(words[1]) else {
      return nil
    }
    (self.id, self.parent, start) = (id, parent, words[19])
  }
}

import Glibc

/// Runs other programs: those that sign and verify.
package enum Program {
  /// What a program did.
  package struct Outcome: Hashable, Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Runs a program to its end.
  ///
  /// Input and output go through files, so that neither side can wait for the other.
  ///
  /// - Parameters:
  ///   - arguments: The program, which is looked for on the path, and its arguments.
  ///   - input: What it reads.
  /// - Returns: What it did; `nil` where it cannot be started.
  package static func run(_ arguments: [String], input: [UInt8] = []) -> Outcome? {
    guard let folder = TemporaryDirectory() else { return nil }
    guard folder.write("in", input) else { return nil }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, folder.path + "/in", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 1, folder.path + "/out", O_WRONLY | O_CREAT, 0o600)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 2, folder.path + "/err", O_WRONLY | O_CREAT, 0o600)
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { while let word = unsafe words.popLast() { unsafe free(word) } }
    var child: pid_t = 0
    guard unsafe posix_spawnp(&child, arguments[0], &actions, nil, words, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return Outcome(status: code, output: folder.text("out"), errors: folder.text("err"))
  }
}

/// A folder that nobody else can look into, and that is gone with its value.
///
/// It is made where `TMPDIR` says or, where nothing can be made there, in the system's own places for such.
package final class TemporaryDirectory {
  package let path: String
  private var names: [String] = ["out", "err"]

  package init?() {
    let named = unsafe getenv("TMPDIR").map { unsafe [String(cString: $0)] } ?? []
    for base in named + ["/tmp", "/var/tmp"] {
      var template = Array((base + "/registrar-XXXXXX").utf8CString)
      guard let made = unsafe mkdtemp(&template) else { continue }
      path = unsafe String(cString: made)
      return
    }
    return nil
  }

  deinit {
    for name in names { unsafe unlink(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// Writes a file; returns whether it is there.
  package func write(_ name: String, _ bytes: [UInt8]) -> Bool {
    names.append(name)
    guard let file = unsafe fopen(path + "/" + name, "w") else { return false }
    defer { unsafe fclose(file) }
    return unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  /// Remembers a file that a program makes, to remove it.
  package func expect(_ name: String) { names.append(name) }

  /// Returns the text of a file, empty where there is none.
  package func text(_ name: String) -> String {
    guard let file = unsafe fopen(path + "/" + name, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

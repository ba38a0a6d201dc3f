import Glibc
import Registry
import SourceText

/// Runs registrar on a real terminal or pipe.
package enum Terminal {
  /// Runs a command and writes what it says.
  ///
  /// - Parameter arguments: All words of the command line, the program's name first.
  /// - Returns: The exit status.
  package static func run(_ arguments: [String]) async -> Int32 {
    // A reader that has seen enough, such as `head`, is no error of ours.
    signal(SIGPIPE, SIG_IGN)
    var session = Session(workingDirectory: currentDirectory(), environment: environment())
    session.isTerminal = isatty(STDOUT_FILENO) == 1
    session.width = session.isTerminal ? columns(of: STDOUT_FILENO) : nil
    session.clock = seconds
    session.now = { time(nil) }
    session.input = standardInput
    session.callers = Callers.words
    if isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 {
      session.ask = { question in
        write(question, to: STDERR_FILENO)
        return readLine()
      }
      session.edit = edit
    }
    session.today = Day(number: time(nil) / 86_400)
    session.processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    session.changeFolder = { chdir($0) == 0 }
    session.output.width = session.width
    session.errors.width = isatty(STDERR_FILENO) == 1 ? columns(of: STDERR_FILENO) : nil
    var command: String?
    var pager: Pager?
    session.showPages = { command = $0 }
    var hasProgress = false
    if isatty(STDERR_FILENO) == 1 {
      session.showProgress = { line in
        guard pager == nil else { return }
        hasProgress = true
        write("\r\u{1B}[K" + line.visibleOnOneLine, to: STDERR_FILENO)
      }
    }
    var failure: Int32 = 0
    session.output.sink = { piece in
      if hasProgress { write("\r\u{1B}[K", to: STDERR_FILENO) }
      hasProgress = false
      if pager == nil, let line = command {
        pager = Pager(line)
        command = nil
      }
      if failure == 0 { failure = write(piece, to: pager?.file ?? STDOUT_FILENO) }
    }
    let status = await Registrar.run(Array(arguments.dropFirst()), in: &session)
    if hasProgress { write("\r\u{1B}[K", to: STDERR_FILENO) }
    session.output.flush()
    pager?.wait()
    write(session.errors.text, to: STDERR_FILENO)
    // A reader that has seen enough has lost nothing that it wanted.
    guard failure != 0, failure != EPIPE else { return status }
    write(
      "registrar: standard output cannot be written: \(String(cString: strerror(failure)))\n",
      to: STDERR_FILENO)
    return Outcome.failed.rawValue
  }

  /// Opens an editor as Git does, and waits for it.
  private static func edit(_ command: String, _ path: String) -> Bool {
    let words: [String] = ["sh", "-c", command + " \"$@\"", command, path]
    var pointers = words.map { strdup($0) } + [nil]
    defer { while let word = pointers.popLast() { free(word) } }
    // What is pressed in the editor is not for this program.
    let (interrupt, quit) = (signal(SIGINT, SIG_IGN), signal(SIGQUIT, SIG_IGN))
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    var child: pid_t = 0
    guard posix_spawnp(&child, "sh", nil, nil, pointers, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }

  private static func standardInput() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  private static func currentDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  private static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }

  private static func columns(of file: Int32) -> Int? {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Writes text; returns 0, or the number of the error that kept a part of it back.
  @discardableResult
  private static func write(_ text: String, to file: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(
          file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count < 0 ? errno : EIO }
        written += count
      }
      return 0
    }
  }
}

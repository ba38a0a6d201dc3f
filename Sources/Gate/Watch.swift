import Glibc

/// Ends the process where a judgement takes more than it may.
///
/// A timer of the system and nothing of Swift's concurrency: a judgement that keeps every processor
/// busy could not starve it.
package enum Watch {
  private nonisolated(unsafe) static var deadline = 0
  private nonisolated(unsafe) static var kibibytes = 0
  private nonisolated(unsafe) static var log: Int32 = -1
  private nonisolated(unsafe) static var messages: [UnsafeMutablePointer<CChar>?] = []

  /// Starts to watch; the process ends with status 1 once a limit is passed.
  ///
  /// - Parameters:
  ///   - seconds: The longest time.
  ///   - mebibytes: The most memory.
  ///   - path: The file that gets `lines` then.
  ///   - lines: A line for the log for too much time and one for too much memory.
  package static func start(
    seconds: Int, mebibytes: Int, log path: String, _ lines: (time: String, memory: String)
  ) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    deadline = now.tv_sec + seconds
    kibibytes = mebibytes * 1024
    log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    let texts: [String] = [
      "refused: judging took more than \(seconds) seconds [gate/over-limit]\n",
      "refused: judging took more than \(mebibytes) MiB [gate/over-limit]\n", lines.time,
      lines.memory,
    ]
    messages = texts.map { strdup($0) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Watch.look() }
    action.sa_flags = SA_RESTART
    sigaction(SIGALRM, &action, nil)
    let interval = timeval(tv_sec: 0, tv_usec: 100_000)
    var timer = itimerval(it_interval: interval, it_value: interval)
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  /// Runs in the handler of a signal: system calls only.
  private static func look() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let isLate = now.tv_sec >= deadline
    guard isLate || usage.ru_maxrss > kibibytes else { return }
    let kind = isLate ? 0 : 1
    if let text = messages[kind] { _ = write(STDERR_FILENO, text, strlen(text)) }
    if log >= 0, let line = messages[2 + kind] { _ = write(log, line, strlen(line)) }
    _exit(1)
  }
}

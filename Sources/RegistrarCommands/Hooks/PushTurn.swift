import Accounts
import Gate
import Git
import Glibc
import SourceText

/// One push at a time: from its judgement until Git has moved its references or given up.
///
/// The gate judges a push by what the server has, and Git moves the references when the hook has ended. So the
/// hook locks a file, and leaves in it what Git is about to do and which process does it; the next one waits
/// until that is done, or until the process is gone.
final class PushTurn {
  private static let name = "registrar.lock"

  private let file: Int32
  private let taker: RunningProcess?

  /// Whether the turn lasts until Git has done with the push; a server that runs hooks in other ways than
  /// Git's own does not say when that is.
  var lasts: Bool { taker != nil }

  /// Waits for the turn.
  ///
  /// - Parameters:
  ///   - repository: The server's repository.
  ///   - seconds: The longest time to wait.
  /// - Throws: `Failure` where the file cannot be locked or written, or others take too long.
  init(of repository: Repository, waiting seconds: Int) throws(Failure) {
    taker = HookAncestors.process { $0 == "receive-pack" || $0 == "git-receive-pack" }
    let folder = repository.commonDirectory
    var status = stat()
    // Where several accounts share the repository they share the file.
    let mode = stat(folder, &status) == 0 ? status.st_mode & 0o666 : 0o644
    let made = open(folder + Self.name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    if made >= 0 { fchmod(made, mode) }
    file = made >= 0 ? made : open(folder + Self.name, O_RDWR | O_CLOEXEC)
    guard file >= 0 else {
      throw Failure(
        "the server's file '\(Self.name)' cannot be written",
        hint: "Nothing passes until the server's owner has mended it")
    }
    let end = Self.now() + seconds
    while flock(file, LOCK_EX | LOCK_NB) != 0 || Self.isUnderWay(in: file, repository) {
      guard Self.now() < end else {
        throw Failure("another push is still under way on this server", hint: "Push again later")
      }
      usleep(10_000)
    }
    ftruncate(file, 0)
  }

  deinit {
    if file >= 0 { close(file) }
  }

  /// Keeps the turn when this process ends.
  ///
  /// - Parameter input: What Git said that it will do.
  /// - Returns: Whether it is kept.
  func keep(until input: [UInt8]) -> Bool {
    guard let taker else { return true }
    let bytes = Array("\(taker.id) \(taker.start)\n".utf8) + input
    return bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) } == bytes.count
  }

  /// Whether a push that was let pass is neither done nor given up.
  private static func isUnderWay(in file: Int32, _ repository: Repository) -> Bool {
    guard lseek(file, 0, SEEK_SET) == 0 else { return false }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(file, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    let words = (lines.first ?? []).split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    // Half a line is of a hook that ended before it let anything pass.
    guard lines.count == 2, words.count == 2, let id = pid_t(words[0]),
      RunningProcess(id)?.start == words[1],
      let updates = ReferenceUpdate.received(Array(lines[1]))
    else { return false }
    guard let there = try? repository.allReferences() else { return true }
    return updates.contains { (there[$0.name] ?? nil) != $0.new }
  }

  private static func now() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec
  }
}

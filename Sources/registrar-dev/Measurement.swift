import Foundation
import Glibc

/// What running a program took.
struct Measurement {
  /// Seconds by the clock that ``Measure`` goes by.
  let seconds: Double
  /// The most memory it had, in bytes.
  let peakMemory: Int
  let status: Int32
  let output: String
}

enum Measure {
  /// Whether the time of processors is counted, and not that of the wall clock.
  @TaskLocal static var countsProcessorTime = false

  /// Runs a program and measures it.
  ///
  /// - Parameters:
  ///   - arguments: The program by its path, and its arguments.
  ///   - folder: Where it runs.
  /// - Returns: What it took; `nil` where it cannot be started.
  static func run(_ arguments: [String], in folder: String) -> Measurement? {
    let output = FileManager.default.temporaryDirectory.path + "/registrar-dev-\(getpid()).out"
    defer { unlink(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    // The child takes over the folder; a program between the two would cost time of its own.
    let here = FileManager.default.currentDirectoryPath
    guard chdir(folder) == 0 else { return nil }
    defer { chdir(here) }
    var child: pid_t = 0
    let start = now()
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child else { return nil }
    let used = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
    let seconds = countsProcessorTime ? used : now() - start
    let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    return Measurement(
      seconds: seconds, peakMemory: usage.ru_maxrss * 1024, status: status >> 8 & 0xFF,
      output: text)
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(countsProcessorTime ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Returns the middle of several values.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// Runs several pieces of work in turn, so that all meet the same machine, and returns the median
  /// seconds of each.
  static func inTurn(_ rounds: Int, _ work: [() -> Double]) -> [Double] {
    var times: [[Double]] = Array(repeating: [], count: work.count)
    for round in 0...rounds {
      for (index, piece) in work.enumerated() {
        let seconds = piece()
        // The first round warms caches.
        if round > 0 { times[index].append(seconds) }
      }
    }
    return times.map(median)
  }
}

extension Measure {
  /// Returns the work of running a program, which tells how long it took.
  static func seconds(_ arguments: [String], in folder: String = "/") -> () -> Double {
    { run(arguments, in: folder)?.seconds ?? .infinity }
  }

  static func milliseconds(_ seconds: Double) -> String {
    String(format: "%.1f ms", seconds * 1000)
  }
}

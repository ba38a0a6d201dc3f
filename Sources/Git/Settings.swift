import Clibgit2
import Glibc

/// The settings of Git, as Git reads them.
@safe package final class Settings {
  private let config: OpaquePointer?
  /// What a path that begins with nothing counts from.
  private let folder: String?

  private init(_ config: OpaquePointer?, folder: String?) {
    unsafe self.config = config
    self.folder = folder
  }

  deinit { unsafe git_config_free(config) }

  /// The settings of a repository, which a user's own go before.
  package convenience init(of repository: Repository) {
    let config = try? unsafe make("git_repository_config_snapshot") {
      unsafe git_repository_config_snapshot($0, repository.handle)
    }
    unsafe self.init(config, folder: repository.workDirectory)
  }

  /// The settings of the user and of the machine: nothing in them comes with a repository.
  package static func ofUser() -> Settings {
    Library.start
    return unsafe Settings(
      try? unsafe make("git_config_open_default") { unsafe git_config_open_default($0) },
      folder: nil)
  }

  /// Returns a setting, the last where there are several, or `nil` where there is none.
  package func text(_ name: String) -> String? {
    guard let config = unsafe config else { return nil }
    var value = unsafe git_buf()
    defer { unsafe git_buf_dispose(&value) }
    guard unsafe git_config_get_string_buf(&value, config, name) == 0 else {
      git_error_clear()
      return nil
    }
    return unsafe value.ptr.map { unsafe String(cString: $0) }
  }

  /// Returns a setting that is true or false: `yes`, `on`, `true`, a number, or the name alone.
  ///
  /// - Parameter name: The name of the setting.
  /// - Returns: The value; `nil` where there is no such setting or it is neither.
  package func flag(_ name: String) -> Bool? {
    guard let config = unsafe config else { return nil }
    var value: Int32 = 0
    guard unsafe git_config_get_bool(&value, config, name) == 0 else {
      git_error_clear()
      return nil
    }
    return value != 0
  }

  /// Returns a setting that is a path: `~/` is the user's folder, `~name/` that of another user, and what
  /// begins with neither nor with `/` counts from the top of the work tree.
  package func path(_ name: String) -> String? {
    text(name).map { expanded($0) }
  }

  /// Expands a path as ``path(_:)`` does.
  package func expanded(_ text: String) -> String {
    guard text.hasPrefix("~") else {
      return text.hasPrefix("/") ? text : (folder ?? "") + text
    }
    let user = text.dropFirst().prefix { $0 != "/" }
    let rest = text.dropFirst(1 + user.count)
    if user.isEmpty {
      return unsafe getenv("HOME").map { unsafe String(cString: $0) + rest } ?? text
    }
    guard let entry = unsafe getpwnam(String(user)), let home = unsafe entry.pointee.pw_dir else {
      return text
    }
    return unsafe String(cString: home) + rest
  }

  /// Returns the settings whose names fit a pattern of POSIX, in their order.
  func all(_ pattern: String) -> [(name: String, value: String)] {
    guard let config = unsafe config else { return [] }
    var iterator: OpaquePointer?
    guard unsafe git_config_iterator_glob_new(&iterator, config, pattern) == 0 else {
      git_error_clear()
      return []
    }
    defer { unsafe git_config_iterator_free(iterator) }
    var found: [(String, String)] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while unsafe git_config_next(&entry, iterator) == 0, let entry = unsafe entry {
      let value = unsafe entry.pointee.value.map { unsafe String(cString: $0) } ?? ""
      unsafe found.append((String(cString: entry.pointee.name), value))
    }
    git_error_clear()
    return found
  }
}

extension Repository {
  /// Returns a setting of the user or the repository, or `nil` where there is none.
  package func setting(_ name: String) -> String? { Settings(of: self).text(name) }
}

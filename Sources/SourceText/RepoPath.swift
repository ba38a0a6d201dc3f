import Glibc

/// A path inside a repository: relative, separated by `/`, without `.`, `..` or empty components.
///
/// A path that exists is safe to join to a root, because it was checked here, at the border.
package struct RepoPath: Hashable, Sendable {
  package let string: String

  /// Returns the path that `string` spells, or `nil` where it could lead out of the repository.
  package init?(_ string: String) {
    let components = string.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isSafe = components.allSatisfy { component in
      !component.isEmpty && !component.elementsEqual(".".utf8)
        && !component.elementsEqual("..".utf8) && !component.contains(0)
    }
    guard isSafe else { return nil }
    self.string = string
  }

  /// Finds the path that a link in a file leads to; `nil` where it would lead out of the repository.
  ///
  /// - Parameters:
  ///   - link: A relative path, which may begin with `..`.
  ///   - folder: The folder of the file; `nil` for the top.
  package init?(link: String, from folder: RepoPath?) {
    var components = folder?.string.split(separator: "/") ?? []
    for component in link.split(separator: "/", omittingEmptySubsequences: false) {
      switch component {
      case ".": break
      case "..":
        guard components.popLast() != nil else { return nil }
      default: components.append(component)
      }
    }
    self.init(components.joined(separator: "/"))
  }

  private init(trusted string: String) {
    self.string = string
  }

  /// The last component.
  package var name: Substring {
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return Substring(string) }
    return string[string.utf8.index(after: slash)...]
  }

  /// The path of the folder that holds this one, or `nil` at the top.
  package var folder: RepoPath? {
    guard let slash = string.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return RepoPath(trusted: String(string[..<slash]))
  }

  /// Whether both are in one folder.
  package func isBeside(_ other: RepoPath) -> Bool {
    let length = folderLength
    guard length == other.folderLength else { return false }
    let isSame = string.utf8.withContiguousStorageIfAvailable { one in
      other.string.utf8.withContiguousStorageIfAvailable { two in
        one[..<length].elementsEqual(two[..<length])
      }
    }
    return (isSame ?? nil) ?? (folder == other.folder)
  }

  /// How many bytes the folder's path has; 0 at the top.
  private var folderLength: Int {
    let slash = string.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0
    }
    return slash ?? folder?.string.utf8.count ?? 0
  }

  /// Whether this is `folder` itself or lies anywhere below it.
  package func isInside(_ folder: RepoPath) -> Bool {
    string == folder.string || string.utf8.starts(with: (folder.string + "/").utf8)
  }
}

extension RepoPath: Comparable {
  /// Orders paths by their bytes, as Git sorts an index.
  package static func < (left: RepoPath, right: RepoPath) -> Bool {
    let order = left.string.utf8.withContiguousStorageIfAvailable { one in
      right.string.utf8.withContiguousStorageIfAvailable { other -> Bool in
        guard let start = one.baseAddress, let otherStart = other.baseAddress else {
          return one.count < other.count
        }
        let difference = memcmp(start, otherStart, min(one.count, other.count))
        return difference == 0 ? one.count < other.count : difference < 0
      }
    }
    return (order ?? nil) ?? left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }
}

extension RepoPath {
  /// Whether two paths have the same bytes: texts that Unicode takes to be equal are two files to Git.
  package static func == (left: RepoPath, right: RepoPath) -> Bool {
    left.string.hasSameBytes(as: right.string)
  }

  package func hash(into hasher: inout Hasher) {
    var text = string
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension RepoPath: CustomStringConvertible {
  package var description: String { string }
}

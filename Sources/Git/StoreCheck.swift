import Clibgit2
package import SourceText

/// The trees and files of a commit, each object compared with its name.
///
/// Git names an object by its content, and reads it without looking whether the two agree: an edited store
/// shows another tree under the old name.
package struct StoreCheck {
  /// What is wrong with an object.
  package enum Fault: Hashable, Sendable {
    case missing
    /// It is not what its name stands for.
    case edited
    case unreadable(String)
  }

  /// The faults, in the order in which they were met; without a path that of the commit.
  package private(set) var faults: [(path: String?, fault: Fault)] = []
  /// The files of the commit.
  package private(set) var files: [(path: String, object: ObjectID)] = []

  private let repository: Repository
  private var seen: Set<ObjectID> = []

  /// Compares a commit and its trees, and lists its files.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - repository: Where it is.
  package init(of commit: ObjectID, in repository: Repository) {
    self.repository = repository
    guard let bytes = object(commit, of: "commit", at: nil) else { return }
    let head = "tree "
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard line.starts(with: head.utf8),
      let root = ObjectID(
        hexadecimal: String(decoding: line.dropFirst(head.utf8.count), as: UTF8.self))
    else {
      faults.append((nil, .unreadable("it names no tree")))
      return
    }
    var open = [(id: root, path: "", depth: 0)]
    while let folder = open.popLast() {
      guard folder.depth <= OpenTree.deepest else {
        faults.append((folder.path, .unreadable("its folders are nested too deep")))
        continue
      }
      guard let bytes = object(folder.id, of: "tree", at: folder.path) else { continue }
      read(bytes, folder, &open)
    }
  }

  /// Compares a file with its name, however large it is.
  package mutating func checkFile(_ object: ObjectID, at path: String) {
    guard seen.insert(object).inserted else { return }
    do throws(GitError) {
      let isSame = try unsafe repository.withObject(object) { kind, bytes throws(GitError) in
        var oid = git_oid()
        let result = unsafe git_odb_hash(&oid, bytes.baseAddress, bytes.count, kind)
        return unsafe result == 0 && kind == GIT_OBJECT_BLOB && ObjectID(&oid) == object
      }
      if !isSame { faults.append((path, .edited)) }
    } catch {
      let fault: Fault =
        error.isNotFound ? .missing : error.isMismatch ? .edited : .unreadable(error.message)
      faults.append((path, fault))
    }
  }

  /// Returns an object that is what its name stands for, and notes what is wrong with another.
  private mutating func object(_ id: ObjectID, of kind: String, at path: String?) -> [UInt8]? {
    guard seen.insert(id).inserted else { return nil }
    do throws(GitError) {
      guard let (found, bytes) = try repository.object(id) else {
        faults.append((path, .missing))
        return nil
      }
      guard found == kind, repository.isContent(bytes, of: id, kind: kind) else {
        faults.append((path, .edited))
        return nil
      }
      return bytes
    } catch {
      faults.append((path, error.isMismatch ? .edited : .unreadable(error.message)))
      return nil
    }
  }

  /// Reads the entries of a tree: a mode, a name, a zero and twenty bytes each.
  private mutating func read(
    _ bytes: [UInt8], _ folder: (id: ObjectID, path: String, depth: Int),
    _ open: inout [(id: ObjectID, path: String, depth: Int)]
  ) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let zero = rest[space...].firstIndex(of: 0), zero + 20 < rest.endIndex
      else {
        faults.append((folder.path, .unreadable("its entries are cut short")))
        return
      }
      let name = String(decoding: rest[(space + 1)..<zero], as: UTF8.self)
      let path = folder.path.isEmpty ? name : folder.path + "/" + name
      let id = unsafe rest[(zero + 1)...(zero + 20)].withUnsafeBytes { unsafe ObjectID(at: $0) }
      switch rest[..<space].first {
      case UInt8(ascii: "4"): open.append((id, path, folder.depth + 1))
      // A submodule is a commit of another repository.
      case UInt8(ascii: "1") where !rest[..<space].starts(with: "160".utf8):
        files.append((path, id))
      default: break
      }
      rest = rest[(zero + 21)...]
    }
  }
}

import Clibgit2
import Glibc
import SourceText

/// The loose objects of a folder, as libgit2 asks for them: read by ``LooseObject``, found and written by
/// libgit2's own store.
@safe final class LooseBackend {
  private let folder: String
  /// libgit2's store of the same folder.
  private let own: UnsafeMutablePointer<git_odb_backend>

  private init(folder: String) throws(GitError) {
    self.folder = folder
    var made: UnsafeMutablePointer<git_odb_backend>?
    try check(
      unsafe git_odb_backend_loose(&made, folder, -1, 0, 0, 0), "git_odb_backend_loose")
    guard let made = unsafe made else {
      throw GitError(
        code: -1, message: "nothing was returned", operation: "git_odb_backend_loose")
    }
    unsafe own = unsafe made
  }

  deinit { unsafe own.pointee.free?(own) }

  /// Makes the store of a folder; the one that it is given to frees it.
  static func make(
    of folder: String
  ) throws(GitError) -> UnsafeMutablePointer<git_odb_backend> {
    let owner = try LooseBackend(folder: folder)
    let backend = unsafe OwnBackend.make(for: owner)
    unsafe owner.fill(&backend.pointee)
    return unsafe backend
  }

  private func fill(_ backend: inout git_odb_backend) {
    unsafe backend.read = { data, size, kind, backend, id in
      unsafe LooseBackend.at(backend)?.read(data, size, kind, backend, id) ?? -1
    }
    unsafe backend.read_prefix = { found, data, size, kind, backend, id, length in
      guard let owner = unsafe LooseBackend.at(backend) else { return -1 }
      let result = unsafe owner.own.pointee.exists_prefix?(found, owner.own, id, length) ?? -1
      return unsafe result == 0 ? owner.read(data, size, kind, backend, found) : result
    }
    unsafe backend.read_header = { size, kind, backend, id in
      unsafe LooseBackend.at(backend)?.readHeader(size, kind, id) ?? -1
    }
    unsafe backend.exists = { backend, id in
      guard let owner = unsafe LooseBackend.at(backend) else { return 0 }
      return unsafe owner.own.pointee.exists?(owner.own, id) ?? 0
    }
    unsafe backend.exists_prefix = { found, backend, id, length in
      guard let owner = unsafe LooseBackend.at(backend) else { return -1 }
      return unsafe owner.own.pointee.exists_prefix?(found, owner.own, id, length) ?? -1
    }
    unsafe backend.write = { backend, id, data, size, kind in
      guard let owner = unsafe LooseBackend.at(backend) else { return -1 }
      return unsafe owner.own.pointee.write?(owner.own, id, data, size, kind) ?? -1
    }
    unsafe backend.freshen = { backend, id in
      guard let owner = unsafe LooseBackend.at(backend) else { return -1 }
      return unsafe owner.own.pointee.freshen?(owner.own, id) ?? -1
    }
    unsafe backend.foreach = { backend, body, payload in
      guard let owner = unsafe LooseBackend.at(backend) else { return -1 }
      return unsafe owner.own.pointee.foreach?(owner.own, body, payload) ?? -1
    }
  }

  private static func at(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> LooseBackend? {
    unsafe OwnBackend.owner(of: backend)
  }

  private func path(of id: UnsafePointer<git_oid>?) -> String {
    var name = [CChar](repeating: 0, count: 42)
    unsafe git_oid_pathfmt(&name, id)
    return folder + "/"
      + String(decoding: name.prefix(41).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func read(
    _ data: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ size: UnsafeMutablePointer<Int>?,
    _ kind: UnsafeMutablePointer<git_object_t>?, _ backend: UnsafeMutablePointer<git_odb_backend>?,
    _ id: UnsafePointer<git_oid>?
  ) -> Int32 {
    do throws(LooseObject.Fault) {
      let object = try LooseObject(at: unsafe path(of: id), isWhole: true)
      guard object.size <= LooseObject.limit else {
        throw .broken("it has \(object.size) bytes, and \(LooseObject.limit) are the most")
      }
      // Parsers of libgit2 expect a zero behind the content.
      guard let target = unsafe git_odb_backend_data_alloc(backend, object.size + 1) else {
        return -1
      }
      do throws(LooseObject.Fault) {
        try unsafe object.read(into: target)
      } catch {
        unsafe git_odb_backend_data_free(backend, target)
        throw error
      }
      unsafe target.storeBytes(of: 0, toByteOffset: object.size, as: UInt8.self)
      unsafe data?.pointee = unsafe target
      unsafe size?.pointee = object.size
      unsafe kind?.pointee = object.kind
      return 0
    } catch {
      return unsafe Self.result(of: error, id)
    }
  }

  private func readHeader(
    _ size: UnsafeMutablePointer<Int>?, _ kind: UnsafeMutablePointer<git_object_t>?,
    _ id: UnsafePointer<git_oid>?
  ) -> Int32 {
    do throws(LooseObject.Fault) {
      let object = try LooseObject(at: unsafe path(of: id), isWhole: false)
      unsafe size?.pointee = object.size
      unsafe kind?.pointee = object.kind
      return 0
    } catch {
      return unsafe Self.result(of: error, id)
    }
  }

  private static func result(of fault: LooseObject.Fault, _ id: UnsafePointer<git_oid>?) -> Int32 {
    guard case .broken(let reason) = fault else { return GIT_ENOTFOUND.rawValue }
    let words = "the loose object \(unsafe ObjectID(id)) is broken: \(reason)"
    unsafe git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), words)
    return -1
  }
}

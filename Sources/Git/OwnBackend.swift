import Clibgit2

/// A store of objects that libgit2 asks and an object of Swift answers for.
enum OwnBackend {
  /// Makes a store without functions, which keeps its owner; the one that it is given to frees both.
  ///
  /// - Parameter owner: What answers.
  /// - Returns: The store.
  static func make(for owner: AnyObject) -> UnsafeMutablePointer<git_odb_backend> {
    let place = UnsafeMutablePointer<registrar_git_backend>.allocate(capacity: 1)
    unsafe place.initialize(to: registrar_git_backend())
    unsafe git_odb_init_backend(&place.pointee.parent, UInt32(GIT_ODB_BACKEND_VERSION))
    unsafe place.pointee.owner = Unmanaged.passRetained(owner).toOpaque()
    let backend = unsafe UnsafeMutableRawPointer(place).assumingMemoryBound(
      to: git_odb_backend.self)
    unsafe backend.pointee.free = { backend in
      guard let backend = unsafe backend else { return }
      unsafe UnsafeMutableRawPointer(backend).withMemoryRebound(
        to: registrar_git_backend.self, capacity: 1
      ) { place in
        if let owner = unsafe place.pointee.owner {
          unsafe Unmanaged<AnyObject>.fromOpaque(owner).release()
        }
        unsafe place.deallocate()
      }
    }
    return unsafe backend
  }

  /// Returns the owner of a store, which was made for one of its type.
  static func owner<Owner: AnyObject>(
    of backend: UnsafeMutablePointer<git_odb_backend>?
  ) -> Owner? {
    guard let backend = unsafe backend else { return nil }
    let place = unsafe UnsafeRawPointer(backend).assumingMemoryBound(to: registrar_git_backend.self)
    return unsafe place.pointee.owner.map {
      unsafe Unmanaged<Owner>.fromOpaque($0).takeUnretainedValue()
    }
  }
}

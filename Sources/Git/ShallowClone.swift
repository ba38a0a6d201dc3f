import Clibgit2
import SourceText

/// A clone that was cut off (`git clone --depth`): what is before some commits is not here.
///
/// libgit2 1.5 does not know the cut and stops at the first object that is missing, so such histories are
/// walked here. Git takes the commits at the cut for the first ones; whoever reads a history asks
/// ``Repository/cut`` to say where it ends.
extension Repository {
  /// Reads which commits have lost their parents: the file `shallow` (gitrepository-layout(5)).
  func readCut() -> Set<ObjectID> {
    guard isShallow,
      let bytes = WorkTree.bytes(ofFile: commonDirectory + "shallow", limit: 1 << 26)
    else { return [] }
    return Set(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .compactMap { ObjectID(hexadecimal: String($0)) })
  }

  /// Returns commits and what is before them as far as it is here, parents before children.
  ///
  /// - Parameters:
  ///   - tips: Where to begin.
  ///   - hidden: What is left out; nothing behind it is looked at.
  /// - Returns: The commits.
  /// - Throws: `GitError` where a commit cannot be read.
  func history(
    of tips: some Sequence<ObjectID>, without hidden: Set<ObjectID> = []
  ) throws(GitError) -> [ObjectID] {
    var order: [ObjectID] = []
    var seen = hidden
    for tip in tips where seen.insert(tip).inserted {
      var open = [(id: tip, parents: try parents(of: tip)[...])]
      while let last = open.indices.last {
        guard let parent = open[last].parents.popFirst() else {
          order.append(open.removeLast().id)
          continue
        }
        if seen.insert(parent).inserted { open.append((parent, try parents(of: parent)[...])) }
      }
    }
    return order
  }

  /// Returns the commits that references of a pattern name.
  func commits(ofReferences pattern: String) throws(GitError) -> [ObjectID] {
    let iterator = try unsafe make("git_reference_iterator_glob_new") {
      unsafe git_reference_iterator_glob_new($0, handle, pattern)
    }
    defer { unsafe git_reference_iterator_free(iterator) }
    var commits: [ObjectID] = []
    var name: UnsafePointer<CChar>?
    while unsafe git_reference_next_name(&name, iterator) == 0, let text = unsafe name {
      // What a reference names that is no commit, or is beyond the cut, hides nothing.
      if let id = try? commit(at: unsafe String(cString: text)) { commits.append(id) }
    }
    git_error_clear()
    return commits
  }
}

import Diagnostics
import JSONSchema
import SourceText
import Syntax

/// Which file is read for which register.
struct ReadingPlan {
  /// A file and the position of its register in the catalogue.
  struct Item: Sendable {
    let path: RepoPath
    let register: Int
  }

  private(set) var items: [Item] = []
  /// What stands where a file belongs and is none.
  private(set) var misplaced: [Diagnostic] = []
  private(set) var strays: [RepoPath] = []

  /// Finds the register of each file below `registers/`.
  ///
  /// - Parameters:
  ///   - entries: The files and folders to look at.
  ///   - catalogue: The registers there are.
  ///   - report: Where findings about what is no file, and about two claims to one file, go.
  init(of entries: [TreeEntry], _ catalogue: Catalogue, into report: inout Report) {
    var paths = RegisterPaths(of: catalogue)
    for entry in entries {
      if let finding = Diagnostic.misplaced(entry) {
        report.add(finding)
        misplaced.append(finding)
        continue
      }
      // What a program left beside a record's file is no record, whatever its ending.
      let isLeft = entry.kind == .file && LeftoverFile.origin(of: String(entry.path.name)) != nil
      let claims = isLeft ? [] : paths.positions(claiming: entry.path)
      if entry.kind == .folder {
        guard !claims.isEmpty else { continue }
        report.error(
          .notAFile, "this is a folder with the name of a record's file", at: .file(entry.path),
          help: "Rename the folder")
        continue
      }
      guard let first = claims.first else {
        strays.append(entry.path)
        continue
      }
      if claims.count > 1 {
        let names = claims.map { "'\(catalogue.registers[$0].name)'" }
        report.error(
          .overlap, "the registers \(names.joined(separator: " and ")) claim this file",
          at: .file(entry.path), help: "Change one of their paths in \(Catalogue.path)")
      }
      items.append(Item(path: entry.path, register: first))
    }
  }
}

/// The parallel stage: reads, parses and checks the files of a plan.
struct Reading: Sendable {
  let catalogue: Catalogue
  let programs: [Program?]
  let items: [ReadingPlan.Item]
  let jobs: Int

  private let judges: Bool
  /// Files a task: enough to make it worth its while, few enough to keep all cores at work to the
  /// end.
  private let chunkSize: Int

  /// What one task made of a chunk of the plan.
  private struct Chunk: Sendable {
    let position: Int
    var files: [RegisterFile] = []
    var report = Report()
    /// Why the work as a whole cannot go on.
    var failure: SourceTreeError?
  }

  init(
    catalogue: Catalogue, programs: [Program?], plan: ReadingPlan, jobs: Int, judges: Bool
  ) {
    self.catalogue = catalogue
    self.judges = judges
    self.programs = programs
    items = plan.items
    self.jobs = max(1, jobs)
    chunkSize = max(32, min(1024, plan.items.count / (self.jobs * 8)))
  }

  func run(
    on tree: any SourceTree, into report: inout Report, progress: ((Int, Int) -> Void)?
  ) async throws(SourceTreeError) -> [RegisterFile] {
    let count = (items.count + chunkSize - 1) / chunkSize
    let shared = tree.shared
    let chunks = await withTaskGroup(of: Chunk.self) { group in
      var chunks: [Chunk?] = Array(repeating: nil, count: count)
      var done = 0
      func take(_ chunk: Chunk?) {
        guard let chunk else { return }
        chunks[chunk.position] = chunk
        done += chunk.files.count
        progress?(done, items.count)
      }
      for position in 0..<count {
        if position >= jobs { take(await group.next()) }
        if let shared {
          group.addTask { work(on: position) { path, _ in bytes(of: path, in: shared) } }
        } else {
          // Only this task may read; the others parse what it read.
          let contents = range(of: position).map { bytes(of: items[$0].path, in: tree) }
          let start = range(of: position).lowerBound
          group.addTask { work(on: position) { _, index in contents[index - start] } }
        }
      }
      for await chunk in group { take(chunk) }
      return chunks.compactMap(\.self)
    }
    for chunk in chunks {
      if let failure = chunk.failure { throw failure }
      report.merge(chunk.report)
    }
    return chunks.flatMap(\.files)
  }

  private func range(of position: Int) -> Range<Int> {
    let start = position * chunkSize
    return start..<min(start + chunkSize, items.count)
  }

  private func bytes(
    of path: RepoPath, in tree: any SourceTree
  ) -> Result<[UInt8], SourceTreeError> {
    do throws(SourceTreeError) {
      return .success(try tree.bytes(of: path, limit: SyntaxLimits().bytes))
    } catch {
      return .failure(error)
    }
  }

  private func work(
    on position: Int, bytes: (RepoPath, Int) -> Result<[UInt8], SourceTreeError>
  ) -> Chunk {
    var chunk = Chunk(position: position)
    var reader = FileReader(catalogue: catalogue, programs: programs, judges: judges)
    for index in range(of: position) {
      let item = items[index]
      switch bytes(item.path, index) {
      case .success(let bytes):
        let file = SourceFile(path: item.path, bytes: bytes)
        chunk.files.append(reader.read(file, of: item.register, into: &chunk.report))
      case .failure(.store(let operation, let reason)):
        chunk.failure = .store(operation: operation, reason: reason)
        return chunk
      case .failure(let error):
        let fault = Diagnostic.unreadable(error, at: item.path)
        chunk.report.add(fault)
        chunk.files.append(
          RegisterFile(
            path: item.path, register: item.register, records: [], annotations: [], source: nil,
            fault: fault))
      }
    }
    return chunk
  }
}

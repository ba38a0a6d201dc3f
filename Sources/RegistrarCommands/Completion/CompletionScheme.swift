import ArgumentParser

/// What a word of the command line can name, for the completion of shells.
enum Nameable {
  case register
  case item
  /// A register, an item, a file or a folder.
  case place
  case revision
  /// A revision, and then what a place is.
  case revisionOrPlace
  case range
  case baseline
  /// A baseline, or a register.
  case baselineOrRegister
  case kind
  case decision
  case modification
  /// A field of the register that stands before it, in a list with commas.
  case fields
  /// `field=`, and behind the sign a value that the schema lists.
  case assignment
  case code
  case form

  /// What options name, in every command.
  static let options: [String: Nameable] = [
    "--at": .revision, "--against": .revision, "--new-since": .revision, "--range": .range,
    "--fields": .fields, "--sort": .fields, "--field": .fields, "--unset": .fields,
    "--kind": .kind, "--decision": .decision, "--modification": .modification, "--item": .item,
  ]

  /// What the words of commands name, in their order; the last holds for all behind it too.
  static let words: [String: [Nameable]] = [
    "check": [.place], "diff": [.revisionOrPlace], "log": [.item], "blame": [.item],
    "list": [.register], "show": [.item], "explain": [.code], "set": [.item, .assignment],
    "new": [.register, .assignment], "rename": [.item], "next": [.item],
    "baseline verify": [.baseline], "baseline sign": [.baseline], "baseline show": [.baseline],
    "baseline items": [.baselineOrRegister], "baseline manifest": [.baseline],
    "baseline export": [.baseline], "baseline notes": [.baseline],
    "baseline withdraw": [.baseline], "schema probe": [.register], "schema answer": [.form],
  ]
}

extension CompletionKind {
  /// What the shell asks the program for (``Completion``), which finds by the command and the name of the option, or
  /// the place of the word, what can stand there.
  static var names: CompletionKind { .custom { _, _, _ in [] } }
}

import ArgumentParser

/// A way to print an answer: for people, or for programs in its documented form (`registrar schema answer`).
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}

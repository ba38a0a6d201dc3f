package import Registry

/// A word of the command line with all that it names.
package struct Word {
  package let text: String
  package let meanings: [Vocabulary.Meaning]

  /// The names that changes are looked for by: of an item its id, of a place the word itself.
  package var names: [String] {
    meanings.map { meaning in
      switch meaning {
      case .register(let name): name
      case .item(_, let id, _, _): id
      case .place: text
      }
    }
  }

  package init(text: String, meanings: [Vocabulary.Meaning]) {
    self.text = text
    self.meanings = meanings
  }
}

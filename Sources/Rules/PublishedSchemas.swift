package import Registry

extension OwnSchema {
  /// The schema of the catalogue as editors read it: with the rules that a register may have, by their names.
  package static var publishedCatalogue: String {
    let open =
      #""additionalProperties": {"type": ["object", "boolean"], "not": {"const": true}, "description": "The parameters of the rule, or false to switch it off."}"#
    let rules = RegisterRule.all.map { rule in
      #"        "\#(rule.name)": {"type": ["object", "boolean"], "not": {"const": true}, "description": "\#(rule.requirement)"}"#
    }
    let closed = """
      "properties": {
      \(rules.joined(separator: ",\n"))
            },
            "additionalProperties": false
      """
    return OwnSchema.catalogue.text.replacing(open, with: closed) + "\n"
  }
}

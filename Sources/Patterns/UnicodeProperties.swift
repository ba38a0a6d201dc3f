extension PatternTranslator {
  /// Reads `{…}` after `\p` and returns the set as the inside of a class of PCRE2.
  mutating func property(isNegated: Bool, from start: Int) throws(PatternError) -> String {
    guard take("{") else { throw error("'\\p' takes a property in braces: \\p{L}", from: start) }
    let body = scalars[position...].prefix { $0 != "}" }
    position += body.count
    guard take("}") else { throw error("the '{' of this property is never closed", from: start) }
    let text = String(String.UnicodeScalarView(body))
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let sign = isNegated ? "\\P" : "\\p"
    if parts.count == 2 {
      switch parts[0] {
      case "General_Category", "gc":
        if let category = Self.categories[parts[1]] { return "\(sign){\(category)}" }
      case "Script", "sc":
        if Self.isScriptName(parts[1]) { return "\(sign){sc:\(parts[1])}" }
      case "Script_Extensions", "scx":
        if Self.isScriptName(parts[1]) { return "\(sign){scx:\(parts[1])}" }
      default: break
      }
    } else if let category = Self.categories[text] {
      return "\(sign){\(category)}"
    } else if let set = Self.binaryProperty(text, isNegated: isNegated) {
      return set
    }
    throw error("'\(text)' is not a property of ECMA-262", from: start)
  }

  /// Whether a text is spelled as scripts are; PCRE2 then knows whether there is one.
  private static func isScriptName(_ text: String) -> Bool {
    let words = text.split(separator: "_", omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      guard let first = word.unicodeScalars.first, word.utf8.count > 1 else { return false }
      // "Nko", "SignWriting" and "Phags_Pa" are all the shapes there are.
      return ("A"..."Z").contains(first)
        && word.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
    }
  }

  /// The short name of each general category by all its names (Unicode, PropertyValueAliases).
  private static let categories: [String: String] = {
    let names = [
      "L Letter", "LC Cased_Letter", "Lu Uppercase_Letter", "Ll Lowercase_Letter",
      "Lt Titlecase_Letter", "Lm Modifier_Letter", "Lo Other_Letter", "M Mark Combining_Mark",
      "Mn Nonspacing_Mark", "Mc Spacing_Mark", "Me Enclosing_Mark", "N Number",
      "Nd Decimal_Number digit", "Nl Letter_Number", "No Other_Number", "P Punctuation punct",
      "Pc Connector_Punctuation", "Pd Dash_Punctuation", "Ps Open_Punctuation",
      "Pe Close_Punctuation", "Pi Initial_Punctuation", "Pf Final_Punctuation",
      "Po Other_Punctuation", "S Symbol", "Sm Math_Symbol", "Sc Currency_Symbol",
      "Sk Modifier_Symbol", "So Other_Symbol", "Z Separator", "Zs Space_Separator",
      "Zl Line_Separator", "Zp Paragraph_Separator", "C Other", "Cc Control cntrl", "Cf Format",
      "Cs Surrogate", "Co Private_Use", "Cn Unassigned",
    ]
    var categories: [String: String] = [:]
    for line in names {
      let words = line.split(separator: " ").map(String.init)
      for word in words { categories[word] = words[0] == "LC" ? "L&" : words[0] }
    }
    return categories
  }()

  /// The binary properties of ECMA-262, table 68, each with its short name.
  private static let binaryNames: [String: String] = [
    "AHex": "ASCII_Hex_Digit", "Alpha": "Alphabetic", "Bidi_C": "Bidi_Control",
    "Bidi_M": "Bidi_Mirrored", "CI": "Case_Ignorable", "CWCF": "Changes_When_Casefolded",
    "CWCM": "Changes_When_Casemapped", "CWKCF": "Changes_When_NFKC_Casefolded",
    "CWL": "Changes_When_Lowercased", "CWT": "Changes_When_Titlecased",
    "CWU": "Changes_When_Uppercased", "DI": "Default_Ignorable_Code_Point", "Dep": "Deprecated",
    "Dia": "Diacritic", "EComp": "Emoji_Component", "EMod": "Emoji_Modifier",
    "EBase": "Emoji_Modifier_Base", "EPres": "Emoji_Presentation",
    "ExtPict": "Extended_Pictographic", "Ext": "Extender", "Gr_Base": "Grapheme_Base",
    "Gr_Ext": "Grapheme_Extend", "Hex": "Hex_Digit", "IDSB": "IDS_Binary_Operator",
    "IDST": "IDS_Trinary_Operator", "IDC": "ID_Continue", "IDS": "ID_Start",
    "Ideo": "Ideographic", "Join_C": "Join_Control", "LOE": "Logical_Order_Exception",
    "Lower": "Lowercase", "NChar": "Noncharacter_Code_Point", "Pat_Syn": "Pattern_Syntax",
    "Pat_WS": "Pattern_White_Space", "QMark": "Quotation_Mark", "RI": "Regional_Indicator",
    "SD": "Soft_Dotted", "STerm": "Sentence_Terminal", "Term": "Terminal_Punctuation",
    "UIdeo": "Unified_Ideograph", "Upper": "Uppercase", "VS": "Variation_Selector",
    "XIDC": "XID_Continue", "XIDS": "XID_Start", "space": "White_Space",
  ]
  /// Binary properties without a short name.
  private static let longOnly: Set<String> = ["Cased", "Dash", "Emoji", "Math", "Radical"]

  private static func binaryProperty(_ name: String, isNegated: Bool) -> String? {
    switch (name, isNegated) {
    case ("ASCII", false): return "\\x{0}-\\x{7f}"
    case ("ASCII", true): return "\\x{80}-\\x{10ffff}"
    case ("Any", false): return "\\x{0}-\\x{10ffff}"
    case ("Any", true): return "\\p{Cs}"
    case ("Assigned", _): return isNegated ? "\\p{Cn}" : "\\P{Cn}"
    case ("Changes_When_NFKC_Casefolded", _), ("CWKCF", _): return nil
    default: break
    }
    let long = binaryNames[name] ?? name
    guard longOnly.contains(long) || binaryNames.values.contains(long) else { return nil }
    return "\(isNegated ? "\\P" : "\\p"){\(long)}"
  }
}

import SourceText

/// The keys that a file of allowed signers names, to tell without a program that a signature of SSH is by none of
/// them: whoever may push can add as many as there is room for.
package struct ListedKeys {
  /// The keys as SSH writes them; `nil` where the file may allow others, or cannot be read.
  private let keys: Set<[UInt8]>?

  /// Reads the keys that a file names.
  ///
  /// - Parameter file: The file of allowed signers; `nil` where nothing names one.
  package init(in file: String?) {
    guard let bytes = file.flatMap({ WorkTree.bytes(ofFile: $0, limit: 1 << 24) }) else {
      keys = nil
      return
    }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    // Which keys an authority certifies the file does not say.
    guard !words.contains(where: { $0.lowercased().contains("cert-authority") }) else {
      keys = nil
      return
    }
    // Each begins with the length of its type, in four bytes of which three are zero.
    keys = Set(words.filter { $0.hasPrefix("AAAA") }.compactMap { Base64.decoded(String($0)) })
  }

  /// Whether a signature in its armour may be one of SSH by a listed key.
  package func mayHold(_ armour: String) -> Bool {
    guard let keys, armour.hasPrefix("-----BEGIN SSH") else { return true }
    let lines = armour.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
    let text = lines.joined().filter { !$0.isWhitespace }
    return Base64.decoded(text).flatMap(Self.key).map(keys.contains) ?? false
  }

  /// Returns the key in a signature of SSH (PROTOCOL.sshsig): `SSHSIG`, the version in four bytes, then the key
  /// after its length.
  private static func key(in signature: [UInt8]) -> [UInt8]? {
    let magic = Array("SSHSIG".utf8)
    guard signature.starts(with: magic), signature.count >= magic.count + 8 else { return nil }
    let rest = signature.dropFirst(magic.count + 4)
    let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let key = rest.dropFirst(4)
    return count <= key.count ? Array(key.prefix(count)) : nil
  }
}

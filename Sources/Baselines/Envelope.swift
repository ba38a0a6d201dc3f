import Diagnostics
import SourceText
import Syntax

/// A signed manifest: an envelope of DSSE 1.0 (Dead Simple Signing Envelope) around the in-toto
/// Statement.
package struct Envelope: Sendable {
  package static let payloadType = "application/vnd.in-toto+json"
  /// What an SSH key signs it as.
  package static let namespace = "dsse"
  /// How many signatures are judged at most.
  static let mostSignatures = 64

  package let payload: [UInt8]
  /// The armours of the signatures, which are what ssh-keygen and gpg read.
  package let signatures: [String]

  package init(payload: [UInt8], signatures: [String]) {
    self.payload = payload
    self.signatures = signatures
  }

  /// What is signed: the pre-authentication encoding of DSSE.
  package static func encoding(of payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// The envelope in canonical JSON, without a line end.
  package var bytes: [UInt8] {
    CanonicalJSON.object([
      "payload": .string(Base64.encoded(payload)), "payloadType": .string(Self.payloadType),
      "signatures": .array(
        signatures.map { .object(["sig": .string(Base64.encoded(Array($0.utf8)))]) }),
    ]).bytes
  }

  /// Reads an envelope, or gives `nil` where the bytes are none of a manifest.
  package init?(_ bytes: [UInt8]) {
    guard let path = RepoPath("envelope") else { return nil }
    var dropped = Report()
    let tree = JSONReader.tree(of: SourceFile(path: path, bytes: bytes), into: &dropped)
    guard let root = tree?.root, root["payloadType"]?.string == Self.payloadType,
      let payload = root["payload"]?.string.flatMap(Base64.decoded)
    else { return nil }
    self.payload = payload
    signatures = (root["signatures"]?.elements ?? []).compactMap { signature in
      signature["sig"]?.string.flatMap(Base64.decoded).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

/// The encoding of RFC 4648, section 4.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word = 0
      for (position, byte) in group.enumerated() { word |= Int(byte) << (16 - 8 * position) }
      for position in 0..<4 {
        text.append(
          position <= group.count
            ? digits[word >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (word, bits) = (0, 0)
    for digit in text.utf8 where digit != UInt8(ascii: "=") {
      guard let value = digits.firstIndex(of: digit) else { return nil }
      word = word << 6 | value
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(word >> bits & 255))
      word &= 1 << bits - 1
    }
    return bytes
  }
}

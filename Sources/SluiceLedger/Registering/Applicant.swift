internal import SluiceEncoding
public import SluiceGovernance
public import SluiceProof

/// What somebody says of themselves who wants to be known, checked as far as it can be by itself.
public struct Applicant: Hashable, Sendable {
  /// Who they want to be.
  public let principal: Principal.ID
  /// Where to write to.
  public let email: String
  /// A public key that is to be theirs.
  public let key: PublicKey?

  /// The most bytes that a name may have here; a name that the operator gives may be longer.
  public static let longestName = 64

  /// Checks name, address and key.
  ///
  /// - Parameters:
  ///   - name: The name, without `person:`.
  ///   - email: The e-mail address.
  ///   - key: The one line of a public key file.
  /// - Throws: `RegistrationFault.malformed`, naming what cannot be read and why.
  public init(name: String, email: String, key: String? = nil) throws(RegistrationFault) {
    do throws(Malformed) { principal = try Principal.ID(.person, named: name) } catch {
      throw .malformed("name: \(error.what)")
    }
    guard name.utf8.count <= Self.longestName else {
      throw .malformed("name: at most \(Self.longestName) characters")
    }
    if let fault = Self.fault(inAddress: email) { throw .malformed("email: \(fault)") }
    self.email = email
    self.key = try key.map { (line) throws(RegistrationFault) in try Self.publicKey(line) }
  }

  private static func publicKey(_ line: String) throws(RegistrationFault) -> PublicKey {
    guard !line.contains("PRIVATE KEY-----") else {
      throw .malformed("key: is a private key; give the public half")
    }
    do { return try PublicKey(line: line) } catch {
      throw .malformed("key: is not a public key of SSH that counts here: \(error.what)")
    }
  }

  /// What is wrong with an address; narrower than RFC 5322, so that none can write into a mail's head.
  private static func fault(inAddress address: String) -> String? {
    guard address.utf8.count <= 254 else { return "at most 254 characters" }
    let halves = address.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return "must be NAME@HOST" }
    let (local, host) = (halves[0], halves[1])
    guard local.utf8.count <= 64,
      isDotted(local, { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) })
    else { return "what stands before @ must be letters, digits and marks without spaces" }
    guard host.utf8.contains(UInt8(ascii: ".")),
      isDotted(host, { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }),
      host.split(separator: ".").allSatisfy({
        $0.utf8.count <= 63 && $0.first != "-" && $0.last != "-"
      })
    else { return "what stands after @ must be the name of a host, such as example.org" }
    return nil
  }

  /// Whether a text is parts of such bytes, none empty, with dots between them.
  private static func isDotted(_ text: Substring, _ isPart: (UInt8) -> Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isPart) }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof

/// A statement with its signatures as files, checked before they are written.
struct KeptStatement {
  /// A file that `ssh-keygen` reads.
  struct File {
    let name: String
    let bytes: [UInt8]
  }

  private let page: StatementPage
  private let statement: Statement
  /// The key of the signature, and in a change of keys that of the second one.
  private let keys: [String]
  /// The statement, then a signature for each key.
  let files: [File]

  /// Reads what came: it has to be what was asked for, and signed with the keys that it names.
  ///
  /// - Throws: ``Unsigned`` for what was said in a session; `Malformed` for anything else than a
  ///   statement with a good signature.
  init(_ page: StatementPage, asked reference: StatementReference) throws {
    let isAsked =
      switch reference {
      case .entry(let index): page.index == index
      case .digits(let digits): page.sha256.hex.hasPrefix(digits)
      }
    guard isAsked else {
      throw Malformed("statement", "is another one than \(reference.text)")
    }
    let statement = try Statement(canonical: page.statement)
    guard let signature = page.signature else {
      throw Unsigned(index: page.index, by: statement.by)
    }
    let name = "\(statement.type.rawValue)-\(page.sha256.hex.prefix(12)).json"
    var files = [File(name: name, bytes: page.statement)]
    var keys: [String] = []
    let armors: [([UInt8]?, String)] = [(signature, ".sig"), (page.second, ".second.sig")]
    for (armor, ending) in armors {
      guard let armor else { continue }
      do {
        let signed = try SSHSignature(armor: String(decoding: armor, as: UTF8.self))
          .verify(message: page.statement, namespace: statement.type.namespace)
        keys.append(signed.key.fingerprint)
      } catch { throw Malformed("signature", "\(error)") }
      files.append(File(name: name + ending, bytes: armor))
    }
    self.page = page
    self.statement = statement
    self.keys = keys
    self.files = files
  }

  /// The command that checks each signature: at the log time of the entry, when its key had to count.
  private func checks(in folder: String) -> [String] {
    let time = page.at.description.filter { $0.isNumber }
    let path = { (name: String) in
      Typed.quoted(folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)")
    }
    return files.dropFirst().map { file in
      """
      ssh-keygen -Y verify -f allowed_signers -I \(statement.by.name) \
      -n \(statement.type.namespace) -O verify-time=\(time)Z \
      -s \(path(file.name)) < \(path(files[0].name))
      """
    }
  }

  /// What it is, where it went and how it is checked.
  func text(in folder: String) -> String {
    """
    \(statement.words)
    entry \(page.index) of the log at \(page.at), signed with \(keys.joined(separator: " and "))
    written to \(folder): \(files.map(\.name).joined(separator: ", "))
    checked by: \(checks(in: folder).joined(separator: "\n            "))
    allowed_signers is what the operator's `sluice signers export` prints.
    """
  }

  /// The same for programs, with the page itself.
  func json(in folder: String) -> JSONValue {
    var members = page.json.objectValue ?? [:]
    members["checks"] = .array(checks(in: folder).map { .string($0) })
    members["files"] = .array(files.map { .string($0.name) })
    members["namespace"] = .string(statement.type.namespace)
    members["principal"] = .string(statement.by.rawValue)
    return .object(members)
  }

  /// There is no signature that anybody could verify.
  struct Unsigned: Advised {
    let index: Int
    let by: Principal.ID

    var detail: String {
      """
      \(by.name) said it in a session and signed nothing: that it was \(by.name) is what the log says, \
      and no tool can check more
      """
    }

    var next: [String] { ["What the log says of it: sluice audit disclose \(index)"] }
  }
}

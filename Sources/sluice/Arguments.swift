public import ArgumentParser
public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
public import SluiceLedger
public import SluiceWeights

/// A principal as people type it: `person:bob`, `service:clerk`, or `bob` for a person.
struct PersonName: ExpressibleByArgument {
  let id: Principal.ID

  init?(argument: String) {
    do {
      id = try Principal.ID(parsing: argument.contains(":") ? argument : "person:\(argument)")
    } catch {
      return nil
    }
  }
}

/// For whom something is asked: a group by its name or as `group:NAME`, a person as `person:NAME`.
struct PartyName: ExpressibleByArgument {
  let party: Statement.Beneficiary

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    do {
      party = try .init(parsing: argument.contains(":") ? argument : "group:\(argument)")
    } catch {
      return nil
    }
  }
}

extension Identifier: ExpressibleByArgument {
  /// Reads a name from the command line; a release must be `OWNER/NAME`.
  public init?(argument: String) {
    if Subject.self == Release.self {
      do {
        _ = try Release.ID(parsing: argument)
      } catch {
        return nil
      }
    }
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}

extension Case.State: ExpressibleByArgument {}
extension Case.Kind: ExpressibleByArgument {}
extension ReasonCode: ExpressibleByArgument {}
extension RegistrationRule: ExpressibleByArgument {}
extension Kernels.Path: ExpressibleByArgument {}

extension Instant: ExpressibleByArgument {
  /// Reads `2026-11-22T14:00:00Z`.
  public init?(argument: String) {
    do {
      try self.init(argument)
    } catch {
      return nil
    }
  }
}

extension SHA256Digest: ExpressibleByArgument {
  /// Reads 64 lower-case hex digits.
  public init?(argument: String) {
    do {
      try self.init(hex: argument)
    } catch {
      return nil
    }
  }
}

extension Duration: ExpressibleByArgument {
  /// Reads `P14D`.
  public init?(argument: String) {
    do {
      try self.init(argument)
    } catch {
      return nil
    }
  }
}

extension Topic: ExpressibleByArgument {
  /// Reads `tier:NAME`, `case:4`, `person:bob` and the like.
  public init?(argument: String) {
    do {
      try self.init(argument)
    } catch {
      return nil
    }
  }
}

extension ReportPage.Kind: ExpressibleByArgument {}
extension ComputeQuestion.Kind: ExpressibleByArgument {}

/// `NAME=TEXT`, as options give it.
struct Assignment: ExpressibleByArgument {
  let name: String
  let text: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else { return nil }
    name = String(argument[..<sign])
    text = String(argument[sign...].dropFirst())
  }

  /// The names with their texts; of a name that is given twice the last.
  static func map(_ list: [Assignment]) -> [String: String] {
    Dictionary(list.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
  }
}

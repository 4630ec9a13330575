public import ArgumentParser
public import SluiceEncoding
public import SluiceGovernance
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

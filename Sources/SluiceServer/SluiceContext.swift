public import Hummingbird
public import NIOCore

/// What a request carries from route to route.
public struct SluiceContext: RequestContext {
  /// Hummingbird's own part.
  public var coreContext: CoreRequestContextStorage
  /// The connection, on which files are delivered.
  public let channel: any Channel

  /// Begins a request that came over `source`'s connection.
  public init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

public import Tocsin

/// One successful call to a component outside, or one sign of life from it.
///
/// There is no heartbeat for a failed call: failure shows as age.
public struct Heartbeat: Hashable, Codable, Sendable, KeyedEvent {
  /// The component: `broker`, for instance.
  public var source: String
  /// How long the call took, on our own clock; nil where it was not measured.
  public var latency: Duration?

  /// Makes a heartbeat.
  public init(source: String, latency: Duration? = nil) {
    self.source = source
    self.latency = latency
  }

  /// The component.
  public var key: String { source }
}

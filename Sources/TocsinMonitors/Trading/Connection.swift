public import Tocsin

/// A connection to a venue or a broker came up or went down.
///
/// A line that is connected may still be mute: this is what the client library says, ticks and
/// heartbeats are the proof.
public struct Connection: Hashable, Codable, Sendable, KeyedEvent {
  /// How the connection is.
  public enum State: String, Hashable, Codable, Sendable, CaseIterable {
    /// It is up.
    case connected
    /// It is down, and somebody tries again.
    case reconnecting
    /// It is down.
    case disconnected
  }

  /// The venue or the component, as in ``Tick/venue`` and ``Heartbeat/source``.
  public var source: String
  /// How it is now.
  public var state: State
  /// Why, where the client library says so; empty otherwise.
  public var reason: String

  /// Makes an event.
  public init(source: String, _ state: State, reason: String = "") {
    self.source = source
    self.state = state
    self.reason = reason
  }

  /// The venue or the component.
  public var key: String { source }
}

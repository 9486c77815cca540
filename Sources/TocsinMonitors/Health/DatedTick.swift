import Tocsin

/// What a lag is measured by: a tick without its price.
struct DatedTick: Sendable {
  var key: StreamKey
  var venueInstant: Instant?
  var isSnapshot: Bool

  init(_ tick: Tick) {
    key = tick.key
    venueInstant = tick.venueInstant
    isSnapshot = tick.isSnapshot
  }
}

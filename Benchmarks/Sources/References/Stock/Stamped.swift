import ReferenceGraph

/// An alert and when it goes out.
struct Stamped {
  var alert: MarketAlert
  var instant: Int64

  init(_ alert: MarketAlert, at instant: Int64) {
    self.alert = alert
    self.instant = instant
  }

  init(for event: MarketEvent) {
    self.init(MarketAlert(for: event), at: event.instant)
  }
}

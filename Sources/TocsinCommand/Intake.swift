import Tocsin
import TocsinMonitors

/// Where recorded events enter the lane: each at its own instant.
actor Intake: LaneActor {
  nonisolated let lane: Lane
  private let feed: Feed<Recorded<TradingEvent>>
  private let source: EventSource

  init(into market: Outlet<TradingEvent>, on lane: Lane) {
    self.lane = lane
    source = lane.addSource()
    let feed = Feed<Recorded<TradingEvent>>("intake", on: lane, instant: \.instant)
    feed.each { market.send($0.event) }
    self.feed = feed
  }

  /// Takes the next events, in the order of their instants, and lets time come to the last one's.
  func take(_ events: ArraySlice<Recorded<TradingEvent>>) {
    guard let last = events.last else { return }
    events.withUnsafeBufferPointer { feed.send(contentsOf: $0) }
    source.reached(last.instant)
  }

  /// What came in so far.
  var count: Int { feed.node.received }
}

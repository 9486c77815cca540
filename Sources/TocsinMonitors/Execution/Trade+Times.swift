import Tocsin

extension Trade {
  /// The legs of an order's way. Of our own clock a leg that ends before it begins was not seen in
  /// order, and is not defined; between two clocks it is a number like others.
  mutating func noteTimes(_ order: OrderRecord) {
    note(.timeToSubmit, order.signalledAt, order.submittedAt)
    note(.timeToAcknowledge, order.submittedAt, order.acknowledgedAt)
    note(.timeToFirstFill, order.acknowledgedAt, order.firstFillAt)
    note(.timeBetweenFills, order.firstFillAt, order.lastFillAt)
    if order.state == .filled { note(.timeToFill, order.submittedAt, order.lastFillAt) }
    note(.timeToVenue, order.submittedAt, order.venueAcknowledgedAt, isSkewed: true)
    note(.timeFromVenue, order.venueAcknowledgedAt, order.acknowledgedAt, isSkewed: true)
    note(.timeAtVenue, order.venueAcknowledgedAt, order.venueFirstFillAt, isSkewed: true)
  }

  private mutating func note(
    _ figure: MeanFigure,
    _ start: Instant?,
    _ end: Instant?,
    isSkewed: Bool = false
  ) {
    guard let start, let end, isSkewed || start <= end else { return }
    set(figure, start.nanoseconds(to: end))
  }
}

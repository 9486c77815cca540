public import ServiceContextModule

extension Feed {
  /// Sends one event that belongs to a trace which began elsewhere: the request or the message that
  /// brought it. When its graph is traced, the trace of what the event leads to is part of that
  /// one; otherwise this is a plain ``send(_:)``.
  ///
  /// The event is a new one, also when it is sent from within a delivery.
  ///
  /// - Parameters:
  ///   - event: What to send.
  ///   - context: The context that the event came in with.
  public func send(_ event: Output, in context: ServiceContext) {
    guard let recorder = local.recorder else { return send(event) }
    let outer = (local.stamp, local.isHandling, local.isSampling)
    defer { (local.stamp, local.isHandling, local.isSampling) = outer }
    let stamp = Stamp(ingested: ingestion(of: event, recorder), sequence: local.sequence)
    local.sequence &+= 1
    local.stamp = recorder.enter(context, stamp, node)
    local.isSampling = recorder.samples(stamp)
    local.isHandling = true
    send(event)
  }

  /// The event's own instant on a lane in event time, the time of the lane elsewhere.
  private func ingestion(of event: Output, _ recorder: TrailRecorder) -> Instant {
    guard offset >= 0 && local.isEventTime else {
      return Instant(nanoseconds: recorder.preciseNow(local))
    }
    let own = withUnsafePointer(to: event) {
      UnsafeRawPointer($0).load(fromByteOffset: offset, as: Int64.self)
    }
    return Instant(nanoseconds: max(own, local.watermark))
  }
}

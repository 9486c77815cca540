public import OpenCombine

/// Demand and cancellation of one subscription.
///
/// `demand` is `Int.max` for unlimited, the only value that the fast loops know: cancelling sets it
/// to 0, so one compare per element covers finite demand and cancellation in flight. A link is used
/// on its lane only.
public final class Link: Subscription {
  @exclusivity(unchecked) @usableFromInline var demand = 0
  @exclusivity(unchecked) @usableFromInline var isCancelled = false
  /// Called when demand has come after there was none.
  @usableFromInline var onDemand: (() -> Void)?
  @usableFromInline var onCancel: (() -> Void)?

  @inlinable init() {}

  /// Asks for more. Calls on one lane only.
  public func request(_ more: Subscribers.Demand) {
    guard !isCancelled else { return }
    add(more)
    onDemand?()
  }

  @usableFromInline
  @inline(never)
  func add(_ more: Subscribers.Demand) {
    guard !isCancelled, demand != .max else { return }
    guard let count = more.max else {
      demand = .max
      return
    }
    demand = demand > .max - 1 - count ? .max - 1 : demand + count
  }

  /// Ends the subscription: nothing more is delivered, also not of the span that is being
  /// delivered. Later calls do nothing.
  public func cancel() {
    guard !isCancelled else { return }
    isCancelled = true
    demand = 0
    let action = onCancel
    onDemand = nil
    onCancel = nil
    action?()
  }

  /// Ends the subscription from the publisher's side: it has completed.
  func close() {
    isCancelled = true
    demand = 0
    onDemand = nil
    onCancel = nil
  }
}

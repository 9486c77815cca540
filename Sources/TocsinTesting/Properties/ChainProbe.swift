internal import OpenCombine
internal import Tocsin

/// A subscriber that asks for so many values at first, writes down what it gets and when, and
/// watches the protocol of publishers.
final class ChainProbe<Input>: Subscriber {
  typealias Failure = Never

  private(set) var outputs: [Timed<Input>] = []
  private(set) var isOver = false
  private(set) var breaches: [String] = []
  private var subscription: (any Subscription)?
  private var owed: Int?
  private var isCancelled = false
  private let lane: Lane

  /// Asks for so many at first; nil asks for everything.
  init(on lane: Lane, demand: Int?) {
    self.lane = lane
    owed = demand
  }

  func receive(subscription: any Subscription) {
    self.subscription = subscription
    subscription.request(owed.map { .max($0) } ?? .unlimited)
  }

  func receive(_ input: Input) -> Subscribers.Demand {
    let offset = Instant.epoch.duration(to: lane.now)
    if isOver { note("a value came after the end", offset) }
    if isCancelled { note("a value came after the cancel", offset) }
    if let left = owed {
      if left == 0 { note("a value came that was not asked for", offset) }
      owed = max(0, left - 1)
    }
    outputs.append(Timed(offset, input))
    return .none
  }

  func receive(completion: Subscribers.Completion<Never>) {
    let offset = Instant.epoch.duration(to: lane.now)
    if isOver { note("a second end came", offset) }
    if isCancelled { note("an end came after the cancel", offset) }
    isOver = true
  }

  /// Asks for so many more; nil asks for everything.
  func ask(_ count: Int?) {
    owed = count.flatMap { count in owed.map { $0 + count } }
    subscription?.request(count.map { .max($0) } ?? .unlimited)
  }

  func cancel() {
    isCancelled = true
    subscription?.cancel()
  }

  private func note(_ words: String, _ offset: Duration) {
    if breaches.count < 20 { breaches.append("\(words), at \(offset.offsetText)") }
  }
}

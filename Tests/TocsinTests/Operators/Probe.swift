import OpenCombine

@testable import Tocsin

/// A subscriber that asks for so many values at first, and writes down what it gets and when. The
/// kit has one of its own; this one is called back, and does not depend on what it tests.
final class Probe<Input>: Subscriber {
  typealias Failure = Never

  private(set) var happened: [(instant: Instant, text: String)] = []
  private(set) var isOver = false
  private(set) var breaches: [String] = []
  private var subscription: (any Subscription)?
  private var owed: Int?
  private var isCancelled = false
  private let lane: Lane
  private let text: (Input) -> String
  var onValue: (Input) -> Void = { _ in }

  /// Asks for so many at first; nil asks for everything.
  init(on lane: Lane, demand: Int? = nil, text: @escaping (Input) -> String) {
    self.lane = lane
    self.text = text
    owed = demand
  }

  func receive(subscription: any Subscription) {
    self.subscription = subscription
    subscription.request(owed.map { .max($0) } ?? .unlimited)
  }

  func receive(_ input: Input) -> Subscribers.Demand {
    let text = text(input)
    if isOver || isCancelled { breaches.append("\(text) came after the end") }
    if let left = owed {
      if left == 0 { breaches.append("\(text) was not asked for") }
      owed = left - 1
    }
    happened.append((lane.now, text))
    onValue(input)
    return .none
  }

  func receive(completion: Subscribers.Completion<Never>) {
    if isOver || isCancelled { breaches.append("a second end") }
    isOver = true
    happened.append((lane.now, "|"))
  }

  func ask(_ count: Int?) {
    owed = count.flatMap { count in owed.map { $0 + count } }
    subscription?.request(count.map { .max($0) } ?? .unlimited)
  }

  func cancel() {
    isCancelled = true
    subscription?.cancel()
  }
}

internal import OpenCombine
internal import Tocsin

/// The subscriber of a chain that is rehearsed, or driven by a property: writes down what it gets and when, and what breaks the
/// protocol of publishers.
final class RehearsalProbe<Input, Failure: Error>: Subscriber {
  private(set) var moments: [Moment<Input>] = []
  private(set) var breaches: [String] = []
  private(set) var isOver = false
  private(set) var isCancelled = false
  private var subscription: (any Subscription)?
  /// How many values may still come; nil when any number may.
  private var owed: Int?
  private let offset: () -> Duration

  /// Asks for so many at first, for nothing with 0; nil asks for everything.
  init(demand: Int?, offset: @escaping () -> Duration) {
    owed = demand
    self.offset = offset
  }

  /// The values without the end.
  var outputs: [Timed<Input>] {
    moments.compactMap { moment in moment.value.map { Timed(moment.offset, $0) } }
  }

  /// Whether nothing more may come.
  var isDone: Bool { isOver || isCancelled }

  func receive(subscription: any Subscription) {
    if isCancelled { return subscription.cancel() }
    self.subscription = subscription
    switch owed {
    case nil: subscription.request(.unlimited)
    case let count? where count > 0: subscription.request(.max(count))
    default: break
    }
  }

  func receive(_ input: Input) -> Subscribers.Demand {
    let now = offset()
    if isDone { breach("\(valueText(input)) came after the \(isOver ? "end" : "cancel")") }
    if let count = owed {
      if count == 0 { breach("\(valueText(input)) came although nothing was asked for") }
      owed = max(0, count - 1)
    }
    moments.append(Moment(.value(input), at: now))
    return .none
  }

  func receive(completion: Subscribers.Completion<Failure>) {
    if isDone { breach("the stream ended after the \(isOver ? "end" : "cancel")") }
    isOver = true
    switch completion {
    case .finished: moments.append(Moment(.end, at: offset()))
    case .failure(let error): moments.append(Moment(.failure("\(error)"), at: offset()))
    }
  }

  /// Asks for so many more; nil asks for all.
  func ask(_ count: Int?) {
    owed = count.flatMap { count in owed.map { $0 + count } }
    subscription?.request(count.map { .max($0) } ?? .unlimited)
  }

  func cancel() {
    isCancelled = true
    subscription?.cancel()
  }

  private func breach(_ words: String) {
    breaches.append("The protocol of publishers is broken at \(offset().offsetText): \(words).")
  }
}

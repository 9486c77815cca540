import Foundation
import OpenCombine
import ReferenceGraph

/// Occurrences that arrived together.
private struct Batch {
  let instant: Int64
  let occurrences: Int
}

/// Makes an alert critical when its key has three occurrences in ten minutes.
struct KeyedEscalation<Upstream: Publisher>: Publisher where Upstream.Output == Stamped {
  typealias Output = Stamped
  typealias Failure = Upstream.Failure

  let upstream: Upstream

  func receive<S: Subscriber>(subscriber: S) where S.Input == Stamped, S.Failure == Failure {
    upstream.subscribe(Inner(subscriber))
  }
}

extension KeyedEscalation {
  private final class Inner<Downstream: Subscriber>: Subscriber
  where Downstream.Input == Stamped, Downstream.Failure == Failure {
    private let downstream: Downstream
    private let lock = NSLock()
    private var batches: [UInt32: [Batch]] = [:]

    init(_ downstream: Downstream) { self.downstream = downstream }

    func receive(subscription: any Subscription) {
      downstream.receive(subscription: subscription)
    }

    func receive(_ input: Stamped) -> Subscribers.Demand {
      lock.lock()
      let count = count(input)
      lock.unlock()
      var output = input
      if count >= Limits.escalationCount { output.alert.severity = Limits.critical }
      return downstream.receive(output)
    }

    func receive(completion: Subscribers.Completion<Failure>) {
      downstream.receive(completion: completion)
    }

    /// The occurrences in the window that ends with `input`, itself counted.
    private func count(_ input: Stamped) -> Int {
      let start = input.instant - Limits.escalationWindow
      var recent = batches.removeValue(forKey: input.alert.key) ?? []
      recent.removeAll { $0.instant <= start }
      recent.append(Batch(instant: input.instant, occurrences: input.alert.occurrences))
      batches[input.alert.key] = recent
      return recent.reduce(0) { $0 + $1.occurrences }
    }
  }
}

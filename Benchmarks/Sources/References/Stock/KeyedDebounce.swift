import Foundation
import OpenCombine
import ReferenceGraph

/// The latest alert of a key, and which of the deadlines counts for it.
private struct Waiting {
  var alert: MarketAlert
  var position: Int
}

/// Lets an alert go on when its key was quiet for half a second: stock OpenCombine has no debounce
/// by key.
struct KeyedDebounce<Upstream: Publisher>: Publisher where Upstream.Output == Stamped {
  typealias Output = Stamped
  typealias Failure = Upstream.Failure

  let upstream: Upstream
  let clock: VirtualClock

  func receive<S: Subscriber>(subscriber: S) where S.Input == Stamped, S.Failure == Failure {
    upstream.subscribe(Inner(subscriber, clock))
  }
}

extension KeyedDebounce {
  private final class Inner<Downstream: Subscriber>: Subscriber, Subscription, VirtualTimer
  where Downstream.Input == Stamped, Downstream.Failure == Failure {
    private let downstream: Downstream
    private let clock: VirtualClock
    private let lock = NSLock()
    private var upstream: (any Subscription)?
    private var waiting: [UInt32: Waiting] = [:]
    private var deadlines: [(instant: Int64, key: UInt32)] = []
    /// The first entry of `deadlines` that is still to come, and how many were thrown away.
    private var first = 0
    private var removed = 0

    init(_ downstream: Downstream, _ clock: VirtualClock) {
      self.downstream = downstream
      self.clock = clock
    }

    func receive(subscription: any Subscription) {
      upstream = subscription
      clock.timer = self
      downstream.receive(subscription: self)
      subscription.request(.unlimited)
    }

    func receive(_ input: Stamped) -> Subscribers.Demand {
      let deadline = input.instant + Limits.debounce
      lock.lock()
      let position = removed + deadlines.count
      waiting[input.alert.key] = Waiting(alert: input.alert, position: position)
      deadlines.append((deadline, input.alert.key))
      lock.unlock()
      clock.wake(at: deadline)
      return .none
    }

    func receive(completion: Subscribers.Completion<Failure>) {
      _ = fire(at: .max)
      clock.timer = nil
      downstream.receive(completion: completion)
    }

    func request(_ demand: Subscribers.Demand) {}

    func cancel() {
      clock.timer = nil
      upstream?.cancel()
    }

    func fire(at now: Int64) -> Int64 {
      while let deadline = nextDeadline, deadline <= now {
        if let due = takeFirst() { _ = downstream.receive(due) }
      }
      return nextDeadline ?? .max
    }

    private var nextDeadline: Int64? {
      lock.lock()
      defer { lock.unlock() }
      return first < deadlines.count ? deadlines[first].instant : nil
    }

    private func takeFirst() -> Stamped? {
      lock.lock()
      defer { lock.unlock() }
      let (instant, key) = deadlines[first]
      let position = removed + first
      dropFirst()
      guard let found = waiting[key], found.position == position else { return nil }
      waiting[key] = nil
      return Stamped(found.alert, at: instant)
    }

    private func dropFirst() {
      first += 1
      guard first > 4096 else { return }
      deadlines.removeFirst(first)
      removed += first
      first = 0
    }
  }
}

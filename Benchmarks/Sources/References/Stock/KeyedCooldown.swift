import Foundation
import OpenCombine
import ReferenceGraph

/// The last alert of a key that passed, and how many were held back since.
private struct Passed {
  var instant: Int64
  var severity: UInt8
  var held = 0
}

/// Holds an alert back for five minutes after one of its key passed, unless it is more severe.
struct KeyedCooldown<Upstream: Publisher>: Publisher where Upstream.Output == Stamped {
  typealias Output = Stamped
  typealias Failure = Upstream.Failure

  let upstream: Upstream

  func receive<S: Subscriber>(subscriber: S) where S.Input == Stamped, S.Failure == Failure {
    upstream.subscribe(Inner(subscriber))
  }
}

extension KeyedCooldown {
  private final class Inner<Downstream: Subscriber>: Subscriber
  where Downstream.Input == Stamped, Downstream.Failure == Failure {
    private let downstream: Downstream
    private let lock = NSLock()
    private var passed: [UInt32: Passed] = [:]

    init(_ downstream: Downstream) { self.downstream = downstream }

    func receive(subscription: any Subscription) {
      downstream.receive(subscription: subscription)
    }

    func receive(_ input: Stamped) -> Subscribers.Demand {
      lock.lock()
      let decision = decide(input)
      lock.unlock()
      guard let decision else { return .max(1) }
      return downstream.receive(decision)
    }

    func receive(completion: Subscribers.Completion<Failure>) {
      downstream.receive(completion: completion)
    }

    private func decide(_ input: Stamped) -> Stamped? {
      let key = input.alert.key
      let last = passed[key]
      if var last, input.instant - last.instant < Limits.cooldown,
        input.alert.severity <= last.severity
      {
        last.held += input.alert.occurrences
        passed[key] = last
        return nil
      }
      passed[key] = Passed(instant: input.instant, severity: input.alert.severity)
      var output = input
      output.alert.occurrences += last?.held ?? 0
      return output
    }
  }
}

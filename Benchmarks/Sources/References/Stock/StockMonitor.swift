import Foundation
import ReferenceGraph

/// What a monitor found about one event.
struct Finding {
  let event: MarketEvent
  let isBreach: Bool
}

/// A monitor's state, behind a lock as in any class that `map` closures share.
final class StockMonitor {
  private let lock = NSLock()
  private let alerting: Alerting
  private var values: [Double] = []
  private var oldest = 0
  private var sum = 0.0

  init(_ alerting: Alerting) {
    self.alerting = alerting
    values.reserveCapacity(Limits.window)
  }

  /// Judges an event against the values before it, then counts it among them.
  func judge(_ event: MarketEvent) -> Finding {
    lock.lock()
    defer { lock.unlock() }
    let finding = Finding(event: event, isBreach: isBreach(event))
    add(event.value)
    return finding
  }

  private func isBreach(_ event: MarketEvent) -> Bool {
    guard values.count >= alerting.warmUp else { return false }
    let mean = values.isEmpty ? event.value : sum / Double(values.count)
    let distance = event.value - mean
    return switch event.kind {
    case 0: distance > alerting.threshold
    case 1: -distance > alerting.threshold
    default: abs(distance) > alerting.threshold
    }
  }

  private func add(_ value: Double) {
    sum += value
    guard values.count == Limits.window else { return values.append(value) }
    sum -= values[oldest]
    values[oldest] = value
    oldest = oldest + 1 == Limits.window ? 0 : oldest + 1
  }
}

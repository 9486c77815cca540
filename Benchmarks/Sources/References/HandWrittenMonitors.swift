import ReferenceGraph

/// The three monitors: for each kind the last 1,000 values and the distances from their mean that
/// are a breach.
struct Monitors {
  private struct Monitor {
    var sum = 0.0
    var count = 0
    var index = 0
    /// A distance above it is a breach.
    let upper: Double
    /// A distance below it is a breach.
    let lower: Double
  }

  private let monitors: UnsafeMutablePointer<Monitor>
  private let values: UnsafeMutablePointer<Double>
  private let warmUp: Int
  private let limit: Double

  init(_ alerting: Alerting) {
    limit = alerting.threshold
    monitors = .allocate(capacity: 3)
    (monitors + 0).initialize(to: Monitor(upper: limit, lower: -.infinity))
    (monitors + 1).initialize(to: Monitor(upper: .infinity, lower: -limit))
    (monitors + 2).initialize(to: Monitor(upper: limit, lower: -limit))
    values = .allocate(capacity: 3 * Limits.window)
    values.initialize(repeating: 0, count: 3 * Limits.window)
    warmUp = alerting.warmUp
  }

  /// Judges an event against the values before it, then counts it among them.
  @inline(__always)
  func breaches(_ event: MarketEvent) -> Bool {
    let monitor = monitors + Int(event.kind)
    let (distance, count) = measure(event)
    return count >= warmUp
      && (distance > monitor.pointee.upper || distance < monitor.pointee.lower)
  }

  /// The same decision with a branch for each kind.
  @inline(__always)
  func breachesByKind(_ event: MarketEvent) -> Bool {
    let (distance, count) = measure(event)
    guard count >= warmUp else { return false }
    return switch event.kind {
    case 0: distance > limit
    case 1: -distance > limit
    default: distance.magnitude > limit
    }
  }

  /// The distance of the event from the mean of the values before it, and how many they were.
  @inline(__always)
  private func measure(_ event: MarketEvent) -> (distance: Double, count: Int) {
    let kind = Int(event.kind)
    let monitor = monitors + kind
    let count = monitor.pointee.count
    let mean = count == 0 ? event.value : monitor.pointee.sum / Double(count)
    add(event.value, to: monitor, values + kind &* Limits.window)
    return (event.value - mean, count)
  }

  @inline(__always)
  private func add(
    _ value: Double,
    to monitor: UnsafeMutablePointer<Monitor>,
    _ values: UnsafeMutablePointer<Double>
  ) {
    let index = monitor.pointee.index
    if monitor.pointee.count == Limits.window {
      monitor.pointee.sum -= values[index]
    } else {
      monitor.pointee.count &+= 1
    }
    values[index] = value
    monitor.pointee.sum += value
    monitor.pointee.index = index &+ 1 == Limits.window ? 0 : index &+ 1
  }

  func deallocate() {
    monitors.deallocate()
    values.deallocate()
  }
}

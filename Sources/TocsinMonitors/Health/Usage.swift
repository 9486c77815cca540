/// How much of something limited is in use, in bytes.
public struct Usage: Hashable, Codable, Sendable {
  /// What is in use.
  public var used: UInt64
  /// What can still be taken. Less than the rest when a part is reserved.
  public var available: UInt64

  /// Makes a usage.
  public init(used: UInt64, available: UInt64) {
    self.used = used
    self.available = available
  }

  /// What is in use and what can be taken, together; saturates.
  var total: UInt64 {
    let (sum, overflow) = used.addingReportingOverflow(available)
    return overflow ? .max : sum
  }

  /// The fraction in use, used ÷ (used + available) as `df` counts, 0…1; nil when both are zero.
  public var fraction: Double? {
    let total = Double(used) + Double(available)
    return total > 0 ? Double(used) / total : nil
  }
}

/// How much use is too much.
public struct UsageLimit: Hashable, Codable, Sendable {
  /// At or above this fraction the check fails.
  public var failure: Double
  /// At or above this fraction it is degraded; nil for no such step.
  public var warning: Double?

  /// Makes a limit; fractions are 0…1.
  public init(failure: Double, warning: Double? = nil) {
    self.failure = failure
    self.warning = warning
  }

  /// Less than 90 % of the disk in use.
  public static let disk = UsageLimit(failure: 0.9)
  /// Less than 80 % of the memory in use.
  public static let memory = UsageLimit(failure: 0.8)

  /// What a check finds when it reads `usage`. A usage of nothing at all fails: it cannot be judged.
  public func outcome(of usage: Usage) -> CheckOutcome {
    guard let fraction = usage.fraction else { return .failed(reason: "its size reads as zero") }
    if fraction >= failure { return .failed(reason: words(fraction, failure), value: fraction) }
    if let warning, fraction >= warning {
      return .degraded(reason: words(fraction, warning), value: fraction)
    }
    return .healthy(value: fraction)
  }

  /// The same, and the words say what was read.
  func outcome(of reading: MemoryReading) -> CheckOutcome {
    let scope = reading.scope.words
    switch outcome(of: reading.usage) {
    case .failed(let reason, let value): return .failed(reason: scope + reason, value: value)
    case .degraded(let reason, let value): return .degraded(reason: scope + reason, value: value)
    case let other: return other
    }
  }

  private func words(_ fraction: Double, _ limit: Double) -> String {
    "\(percent(fraction)) in use (limit \(percent(limit)))"
  }

  private func percent(_ fraction: Double) -> String {
    "\((fraction * 1_000).rounded() / 10) %"
  }
}

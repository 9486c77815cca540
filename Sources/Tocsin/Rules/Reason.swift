/// Why a value passed, waited or went no further.
///
/// The same words appear in counters, traces, logs, tests and on the screen.
@frozen
public enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
  // Why it passed.
  case passed, first, changed, cooldownOver, moreSevere, resolved, escalated, quiet, maximumWait
  case heldLongEnough, stillFiring, windowClosed, absent, arrived, joined, notAcknowledged, ended
  case settled, followed, notFollowed, deescalated, sampled
  // Why it waits.
  case debouncing, holding, keptFiring, collecting, waitingForPartner, waitingForDemand, queued
  case flapping, waitingForNext
  // Why it went no further.
  case superseded, inCooldown, unchanged, belowThreshold, summarised, neverAnnounced, filtered
  case noDemand, noSubscriber, bufferFull, cancelled, failed, forgotten, keyLimit, late
  case invalid, duplicate, outOfOrder, unmatched, conditionEnded, acknowledged, alive
  case throttled, rateLimited, notSampled, withinBand

  /// The place of the reason among all, for counters in an array.
  @inlinable public var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  /// The number of different reasons.
  public static let count = allCases.count
}

extension Reason: CustomStringConvertible {
  /// The words for a person: `inCooldown` reads "in cooldown".
  public var description: String {
    rawValue.reduce(into: "") { words, letter in
      if letter.isUppercase { words += " " }
      words += letter.lowercased()
    }
  }
}

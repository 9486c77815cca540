/// How much of the permitted positions is in use, and whether that is too much.
public struct Utilisation: Hashable, Codable, Sendable {
  /// The whole: the worse of notional and count.
  public var whole = UseRatio.undefined(.notReported)
  /// Whether anything is degraded: the whole or a key. Without a number it is, once something was
  /// reported.
  public var isDegraded: Bool { isWholeDegraded || degradedKeys > 0 || refusedKeys > 0 }
  /// Whether the whole is.
  public var isWholeDegraded = false
  /// How many keys are.
  public var degradedKeys = 0
  /// How many reports of keys were refused, because there are 10,000 keys already.
  public var refusedKeys = 0

  /// Makes one of which nothing is known.
  public init() {}
}

/// Watches how much of the permitted positions is in use; see ``SafetySettings/useLimit``. O(1) a
/// report.
struct UseWatch: Hashable, Codable, Sendable {
  private struct Reading: Hashable, Codable, Sendable {
    var ratio: UseRatio
    var isDegraded: Bool
  }

  static let keyLimit = 10_000

  private(set) var use = Utilisation()
  private var keys: [String: Reading] = [:]

  /// Watches the whole from the start when it is expected to be reported.
  init(isExpected: Bool) { use.isWholeDegraded = isExpected }

  func ratio(of key: String) -> UseRatio {
    key.isEmpty ? use.whole : keys[key]?.ratio ?? .undefined(.notReported)
  }

  /// Notes a report: degraded above `limit`, until at or below `end`.
  mutating func receive(_ report: PositionUse, above limit: Double, until end: Double) {
    let ratio = report.ratio
    func isDegraded(_ before: Bool) -> Bool {
      ratio.number.map { $0 > (before ? min(end, limit) : limit) } ?? true
    }
    guard !report.key.isEmpty else {
      use.whole = ratio
      use.isWholeDegraded = isDegraded(use.isWholeDegraded)
      return
    }
    let before = keys[report.key]
    guard before != nil || keys.count < Self.keyLimit else {
      use.refusedKeys += 1
      return
    }
    let after = Reading(ratio: ratio, isDegraded: isDegraded(before?.isDegraded ?? false))
    use.degradedKeys += (after.isDegraded ? 1 : 0) - (before?.isDegraded == true ? 1 : 0)
    keys[report.key] = after
  }
}

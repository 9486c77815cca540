#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Fees, by currency. The first currency is kept apart, because most orders have no other, and need no
/// memory of their own then.
struct PaidFees: Hashable, Codable, Sendable {
  private var first: Money?
  private var others: [String: Decimal] = [:]

  var isEmpty: Bool { first == nil }

  mutating func add(_ fee: Money) {
    guard let known = first else { return first = fee }
    if known.currency == fee.currency {
      first?.amount = known.amount.plus(fee.amount)
    } else {
      others[fee.currency] = (others[fee.currency] ?? 0).plus(fee.amount)
    }
  }

  var byCurrency: [String: Decimal] {
    var all = others
    if let first { all[first.currency] = first.amount }
    return all
  }

  /// Their sum in one currency; nil when something was paid in another.
  func sum(in currency: String?) -> Double? {
    var sum = 0.0
    if let first, !first.amount.isZero {
      guard first.currency == currency else { return nil }
      sum = first.amount.double
    }
    for (name, amount) in others where !amount.isZero {
      guard name == currency else { return nil }
      sum += amount.double
    }
    return sum
  }
}

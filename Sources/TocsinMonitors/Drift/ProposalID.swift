#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The id of a proposal: 128 bits of FNV-1a over the item and both sides, in hexadecimal.
///
/// The same in every run and on every machine. Each part is written with its length, so no two
/// different differences have one text.
enum ProposalID {
  static func of(
    _ item: DriftItem,
    _ symbol: String,
    _ from: DriftValue?,
    _ to: DriftValue?
  ) -> String {
    let parts = [item.topic.rawValue, item.id, symbol] + text(from) + text(to)
    let bytes = parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) }
    let halves = [UInt64(0), 0x9E37_79B9_7F4A_7C15].map {
      hex(Fingerprint.of(bytes, bytes.indices, seed: $0))
    }
    return "drift-" + halves.joined()
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func text(_ value: DriftValue?) -> [String] {
    switch value {
    case .position(let position):
      [position.symbol, "\(position.quantity)", "\(position.averagePrice)"]
    case .order(let order):
      [
        order.order, order.venueOrder ?? "-", order.symbol, order.side.rawValue,
        "\(order.quantity)", "\(order.filledQuantity)", order.limitPrice.map { "\($0)" } ?? "-",
      ]
    case .fill(let fill):
      [
        fill.order, fill.id, fill.symbol, fill.side.rawValue, "\(fill.quantity)", "\(fill.price)",
        fill.fee.map { "\($0)" } ?? "-",
      ]
    case .balance(let balance): [balance.currency, "\(balance.total)", "\(balance.frozen)"]
    case nil: ["nothing"]
    }
  }
}

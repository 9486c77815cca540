import Foundation
import Harness
import ReferenceGraph
import Tocsin
import TocsinMonitors

/// Orders of 1,000 symbols: signal, submit, answer, two fills with fees. One operation is one event.
enum ExecutionVariants {
  static var all: [Variant] {
    [
      orders("mon-order", "an order event, its life only", OrderLedger()) { ledger, event, now in
        ledger.receive(event, at: now).standing == nil ? 0 : 1
      },
      orders("mon-order-figures", "the same with all figures of four scopes", quality) {
        quality,
        event,
        now in
        let outcome = quality.receive(event, at: now)
        if outcome.isEnd { _ = quality.changes(at: now) }
        return outcome.standing == nil ? 0 : 1
      },
      orders("mon-order-position", "the same into positions and round trips", PositionLedger()) {
        ledger,
        event,
        now in
        ledger.receive(event, at: now)?.closed == nil ? 0 : 1
      },
    ]
  }

  private static var quality: ExecutionQuality {
    let instruments = (0..<symbolCount).compactMap { number in
      try? Instrument(symbol: "SYM\(number)", venue: "VENUE", tick: 0.01, lot: 1, currency: "USD")
    }
    return ExecutionQuality(instruments: instruments)
  }

  private static let symbolCount = 1_000

  private static func orders<State: Sendable>(
    _ name: String,
    _ summary: String,
    _ start: State,
    _ body: @escaping @Sendable (inout State, OrderEvent, Instant) -> Int
  ) -> Variant {
    Variant(name, summary, in: .monitors, family: name) { workload in
      // Everything that is remembered is full before the first measured event.
      let warm = 60_000
      let events = drawn(workload.events.count + warm)
      return Run(steady: workload.events.count) {
        var (state, now) = (start, Instant(nanoseconds: 1_700_000_000_000_000_000))
        func take(_ events: ArraySlice<OrderEvent>) -> Int {
          var sum = 0
          for event in events {
            now = now.advanced(byNanoseconds: 1_000_000)
            sum &+= body(&state, event, now)
          }
          return sum
        }
        _ = take(events.prefix(warm))
        return {
          var outcome = Outcome()
          outcome.info = take(events.dropFirst(warm))
          return outcome
        }
      }
    }
  }

  private static func drawn(_ count: Int) -> [OrderEvent] {
    var random = SplitMix64(seed: 44)
    return (0..<(count + 4) / 5).flatMap { number in
      let cents = Int(random.next() % 9_000) + 1_000
      let side: Side = random.next() % 2 == 0 ? .buy : .sell
      let price = Decimal(cents) / 100
      let fee = Money(Decimal(5) / 100, "USD")
      let kinds: [OrderEvent.Kind] = [
        .signalled(side: side, quantity: 10, decisionPrice: price, strategy: "maker"),
        .submitted, .acknowledged,
        .filled(quantity: 4, price: price, fill: "a", fee: fee),
        .filled(quantity: 6, price: Decimal(cents + 1) / 100, fill: "b", fee: fee),
      ]
      let symbol = "SYM\(random.next() % UInt64(symbolCount))"
      return kinds.map { OrderEvent(order: "o\(number)", symbol: symbol, kind: $0) }
    }
  }
}

import Foundation
import Tocsin
import TocsinMonitors

/// SplitMix64, so that every run tests the same values.
struct RecordingSeed: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension RecordingSeed {
  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: 0..<values.count, using: &self)]
  }

  mutating func text() -> String {
    let pieces = [
      "AAPL", "o-17", "", "é", "価格", "🪙", "\"", "\\", "\n", "\u{0}", "\u{1F}", " ", "/", "#", "{",
    ]
    return (0...Int.random(in: 0...3, using: &self)).map { _ in pick(pieces) }.joined()
  }

  /// Decimals of 1 to 38 digits and many exponents.
  mutating func decimal() -> Decimal {
    let width = Int.random(in: 1...38, using: &self)
    let digits = (0..<width).map { _ in String(Int.random(in: 0...9, using: &self)) }.joined()
    let exponent = pick([-60, -19, -8, -4, -2, 0, 0, 3, 40])
    let sign = pick(["", "-"])
    return Decimal(string: "\(sign)\(digits)e\(exponent)", locale: nil) ?? 1
  }

  mutating func instant() -> Instant {
    let scale = pick([1, 1000, 1_000_000, 1_000_000_000] as [Int64])
    let ends = Int64.max / scale
    return Instant(nanoseconds: Int64.random(in: -ends + 1..<ends, using: &self) * scale)
  }

  mutating func duration() -> Duration {
    let attoseconds = pick([0, 1, 5_418_000_000_000_000, 999_999_999_999_999_999] as [Int64])
    let seconds = pick([0, 3, -2, Int64.max, 86_400] as [Int64])
    return Duration(
      secondsComponent: seconds,
      attosecondsComponent: seconds < 0 ? -attoseconds : attoseconds
    )
  }

  mutating func orderKind() -> OrderEvent.Kind {
    switch Int.random(in: 0...12, using: &self) {
    case 0:
      .signalled(
        side: pick([.buy, .sell]),
        quantity: decimal(),
        decisionPrice: pick([nil, decimal()]),
        limitPrice: pick([nil, decimal()]),
        strategy: pick([nil, text()])
      )
    case 1: .submitted
    case 2: .unconfirmed(reason: text())
    case 3: .acknowledged
    case 4:
      .filled(quantity: decimal(), price: decimal(), fill: text(), fee: pick([nil, money()]))
    case 5: .rejected(reason: text())
    case 6: .cancelled
    case 7:
      .replaceRequested(quantity: pick([nil, decimal()]), limitPrice: pick([nil, decimal()]))
    case 8: .replaced(quantity: pick([nil, decimal()]), limitPrice: pick([nil, decimal()]))
    case 9: .replaceRejected(reason: text())
    case 10: .cancelRequested
    case 11: .cancelRejected(reason: text())
    default: .expired
    }
  }

  mutating func money() -> Money { Money(decimal(), text()) }

  mutating func many<Value>(_ make: (inout RecordingSeed) -> Value) -> [Value] {
    (0..<Int.random(in: 0...4, using: &self)).map { _ in make(&self) }
  }

  mutating func event() -> TradingEvent {
    switch Int.random(in: 0...9, using: &self) {
    case 0: .tick(tick())
    case 1: .heartbeat(Heartbeat(source: text(), latency: pick([nil, duration()])))
    case 2: .quote(quote())
    case 3: .connection(Connection(source: text(), pick(Connection.State.allCases), reason: text()))
    case 4: .positions(positionReport())
    case 5: .orders(orderReport())
    case 6: .fills(fillReport())
    case 7: .account(accountReport())
    case 8: .transfer(Transfer(id: text(), account: text(), amount: money()))
    default:
      .order(
        OrderEvent(
          order: text(),
          symbol: text(),
          kind: orderKind(),
          venueOrder: pick([nil, text()]),
          venueInstant: pick([nil, instant()])
        )
      )
    }
  }

  private mutating func tick() -> Tick {
    Tick(
      symbol: text(),
      venue: text(),
      price: decimal(),
      venueInstant: pick([nil, instant()]),
      isSnapshot: pick([true, false])
    )
  }

  private mutating func quote() -> Quote {
    Quote(
      symbol: text(),
      venue: text(),
      bid: pick([nil, decimal()]),
      ask: pick([nil, decimal()]),
      bidSize: pick([nil, decimal()]),
      askSize: pick([nil, decimal()]),
      venueInstant: pick([nil, instant()]),
      isSnapshot: pick([true, false])
    )
  }

  private mutating func positionReport() -> PositionReport {
    PositionReport(
      book: pick(Book.allCases),
      positions: many {
        Position(symbol: $0.text(), quantity: $0.decimal(), averagePrice: $0.decimal())
      },
      isComplete: pick([true, false]),
      answers: pick([nil, instant()])
    )
  }

  private mutating func orderReport() -> OrderReport {
    OrderReport(
      book: pick(Book.allCases),
      orders: many {
        OpenOrder(
          order: $0.text(),
          venueOrder: $0.pick([nil, $0.text()]),
          symbol: $0.text(),
          side: $0.pick(Side.allCases),
          quantity: $0.decimal(),
          filledQuantity: $0.decimal(),
          limitPrice: $0.pick([nil, $0.decimal()])
        )
      },
      isComplete: pick([true, false]),
      answers: pick([nil, instant()])
    )
  }

  private mutating func fillReport() -> FillReport {
    FillReport(
      book: pick(Book.allCases),
      since: instant(),
      fills: many {
        Fill(
          id: $0.text(),
          order: $0.text(),
          symbol: $0.text(),
          side: $0.pick(Side.allCases),
          quantity: $0.decimal(),
          price: $0.decimal(),
          fee: $0.pick([nil, $0.money()])
        )
      },
      isComplete: pick([true, false]),
      answers: pick([nil, instant()])
    )
  }

  private mutating func accountReport() -> AccountReport {
    AccountReport(
      book: pick(Book.allCases),
      account: text(),
      balances: many { Balance(currency: $0.text(), total: $0.decimal(), frozen: $0.decimal()) },
      equity: pick([nil, money()]),
      isComplete: pick([true, false]),
      answers: pick([nil, instant()])
    )
  }
}

/// Everything that a reader makes of a text, given in chunks of one size.
func readAll(
  _ bytes: [UInt8],
  chunk: Int = 1 << 16,
  _ reader: consuming RecordingReader = RecordingReader()
) -> (lines: [RecordedLine], counts: IntakeCounts) {
  var lines: [RecordedLine] = []
  var at = 0
  while at < bytes.count {
    let end = min(bytes.count, at + chunk)
    reader.read(Array(bytes[at..<end])) { lines.append($0) }
    at = end
  }
  reader.finish { lines.append($0) }
  return (lines, reader.counts)
}

func readAll(
  _ text: String,
  _ reader: consuming RecordingReader = RecordingReader()
) -> (lines: [RecordedLine], counts: IntakeCounts) {
  readAll(Array(text.utf8), reader)
}

/// The words of the refused lines.
func refusals(_ lines: [RecordedLine]) -> [String] {
  lines.compactMap { line in
    if case .refused(let error) = line { error.description } else { nil }
  }
}

/// A heartbeat at that many seconds.
func beat(_ seconds: Int, _ source: String = "broker") -> String {
  "{\"at\":\(seconds)000000000,\"heartbeat\":\"\(source)\"}\n"
}

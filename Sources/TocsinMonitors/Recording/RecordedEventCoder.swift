/// Reads and writes recorded events: JSON lines, one flat object per line, short enough to be
/// written by hand.
///
/// ```
/// {"at":"2004-03-01T14:30:00.000Z","tick":"AAPL","venue":"NASDAQ","price":23.92}
/// {"at":"2004-03-01T14:30:00.002Z","heartbeat":"broker","latency":0.0031}
/// {"at":"2004-03-01T14:35:00.000Z","order":"o-17","symbol":"AAPL","signalled":"buy","quantity":100,"price":23.92}
/// {"at":"2004-03-01T14:35:00.050Z","order":"o-17","symbol":"AAPL","submitted":true}
/// {"at":"2004-03-01T14:35:00.090Z","order":"o-17","symbol":"AAPL","acknowledged":true}
/// {"at":"2004-03-01T14:35:01.000Z","order":"o-17","symbol":"AAPL","filled":100,"price":23.93,"fill":"f-1"}
/// {"at":"2004-03-01T14:40:00.000Z","book":"broker","positions":[["AAPL",100,23.93]]}
/// {"at":"2004-03-01T14:40:00.010Z","book":"broker","balances":[["USD",97607,0]]}
/// ```
///
/// - `at` is when the event was received: RFC 3339 with up to nine digits of the second, or whole
///   nanoseconds since 1970.
/// - `tick` may have `venueAt` (the venue's own time, like `at`) and `"snapshot":true`.
/// - `heartbeat` may have `latency`, in seconds.
/// - `quote` has `venue` and some of `bid`, `ask`, `bidSize`, `askSize`, `venueAt`, `snapshot`.
/// - `connection` has `state` (`"connected"`, `"reconnecting"`, `"disconnected"`), maybe `reason`.
/// - `order` has one step: `signalled` (`"buy"` or `"sell"`, with `quantity`, maybe `price`, `limit`
///   and `strategy`), `submitted`, `unconfirmed` (the reason), `acknowledged`, `filled` (the quantity,
///   with `price` and `fill`, maybe `fee` and `feeCurrency`), `replaceRequested` and `replaced` (with
///   `quantity`, `limit` or both), `replaceRejected` (the reason), `cancelRequested`,
///   `cancelRejected` (the reason), `rejected` (the reason), `cancelled`, `expired`; those without a
///   value are `true`. Every step may have `venueOrder` and `venueAt`.
/// - `book` is `"local"` or `"broker"`, with rows of one kind, where `null` stands for what is not
///   known: `positions` (symbol, quantity, average price), `orders` (id, venue's id, symbol, side,
///   quantity, filled, limit), `fills` (id, order, symbol, side, quantity, price, fee, currency of the
///   fee; with `since`, like `at`) or `balances` (currency, total, frozen; maybe with `account`,
///   `equity` and its `currency`). `"complete":false` says that the query failed or gave only a part.
/// - `transfer` (its id) has `amount`, positive when money came in, and `currency`, maybe `account`.
/// - Every line may have `id`, which makes it a duplicate of other lines of that id, and `note`,
///   which is not read. Other fields are refused, because a misspelled field would be lost silently.
///
/// Prices and quantities keep their decimal digits: no binary floating-point number is involved.
/// They may stand in quotation marks. Reading what was written gives back the same event.
public struct RecordedEventCoder: Sendable {
  /// Makes a coder. It has no settings.
  public init() {}

  /// Reads one line; throws what is wrong with it, under the number given as `line`.
  ///
  /// For whole files use ``RecordingReader``, which also checks order and duplicates.
  public func decode(_ text: String, line: Int = 1) throws(LineError) -> Recorded<TradingEvent> {
    let bytes = Array(text.utf8)
    var decoder = LineDecoder()
    do throws(LineFault) {
      return try decoder.decode(bytes, 0..<bytes.count).record
    } catch {
      throw error.error(line: line)
    }
  }

  /// Writes one line, without its newline. A price that is NaN is written as `NaN`, which reading
  /// refuses.
  public func encode(_ record: Recorded<TradingEvent>, id: String? = nil) -> String {
    var bytes: [UInt8] = []
    append(record, id: id, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes one line, without its newline, after what is in `bytes`. Allocates less than `encode`.
  public func append(
    _ record: Recorded<TradingEvent>,
    id: String? = nil,
    to bytes: inout [UInt8]
  ) {
    var writer = LineWriter(bytes: bytes)
    bytes = []
    writer.write(record, id: id)
    bytes = writer.bytes
  }
}

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// Writes events as lines of the recording format.
struct LineWriter {
  var bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func write(_ record: Recorded<TradingEvent>, id: String?) {
    bytes += "{\"at\":\"".utf8
    RFC3339.append(record.instant, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    if let id { text(.id, id) }
    switch record.event {
    case .tick(let tick): write(tick)
    case .quote(let quote): write(quote)
    case .heartbeat(let heartbeat): write(heartbeat)
    case .connection(let connection): write(connection)
    case .order(let order): write(order)
    case .positions(let report): write(report)
    case .orders(let report): write(report)
    case .fills(let report): write(report)
    case .account(let report): write(report)
    case .transfer(let transfer): write(transfer)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ tick: Tick) {
    text(.tick, tick.symbol)
    text(.venue, tick.venue)
    number(.price, tick.price)
    if let instant = tick.venueInstant { write(.venueAt, instant) }
    if tick.isSnapshot { yes(.snapshot) }
  }

  private mutating func write(_ heartbeat: Heartbeat) {
    text(.heartbeat, heartbeat.source)
    guard let latency = heartbeat.latency else { return }
    name(.latency)
    bytes += LineWriter.seconds(latency).utf8
  }

  private mutating func write(_ quote: Quote) {
    text(.quote, quote.symbol)
    text(.venue, quote.venue)
    optional(.bid, quote.bid)
    optional(.ask, quote.ask)
    optional(.bidSize, quote.bidSize)
    optional(.askSize, quote.askSize)
    if let instant = quote.venueInstant { write(.venueAt, instant) }
    if quote.isSnapshot { yes(.snapshot) }
  }

  private mutating func write(_ transfer: Transfer) {
    text(.transfer, transfer.id)
    if !transfer.account.isEmpty { text(.account, transfer.account) }
    number(.amount, transfer.amount.amount)
    text(.currency, transfer.amount.currency)
  }

  private mutating func write(_ connection: Connection) {
    text(.connection, connection.source)
    text(.state, connection.state.rawValue)
    if !connection.reason.isEmpty { text(.reason, connection.reason) }
  }

  mutating func name(_ field: RecordedField) {
    bytes += RecordedField.prefixes[field.rawValue]
  }

  mutating func write(_ field: RecordedField, _ instant: Instant) {
    name(field)
    bytes.append(UInt8(ascii: "\""))
    RFC3339.append(instant, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func text(_ field: RecordedField, _ value: String) {
    name(field)
    EscapedText.append(value, to: &bytes)
  }

  mutating func number(_ field: RecordedField, _ value: Decimal) {
    name(field)
    bytes += value.description.utf8
  }

  mutating func optional(_ field: RecordedField, _ value: Decimal?) {
    if let value { number(field, value) }
  }

  mutating func yes(_ field: RecordedField) {
    name(field)
    bytes += "true".utf8
  }

  /// Seconds with as many of the 18 digits of attoseconds as are needed.
  static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let digits = String(attoseconds.magnitude)
    let padded = String(repeating: "0", count: 18 - digits.count) + digits
    let fraction = padded.lastIndex { $0 != "0" }.map { padded[...$0] } ?? ""
    let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)" + (fraction.isEmpty ? "" : ".\(fraction)")
  }
}

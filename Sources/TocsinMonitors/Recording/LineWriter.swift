#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// Writes events as lines of the recording format.
struct LineWriter {
  private(set) var bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func write(_ record: Recorded<TradingEvent>, id: String?) {
    bytes += "{\"at\":\"".utf8
    RFC3339.append(record.instant, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    if let id { text(.id, id) }
    switch record.event {
    case .tick(let tick): write(tick)
    case .heartbeat(let heartbeat): write(heartbeat)
    case .order(let order): write(order)
    case .positions(let report): write(report)
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

  private mutating func write(_ order: OrderEvent) {
    text(.order, order.order)
    text(.symbol, order.symbol)
    switch order.kind {
    case .signalled(let side, let quantity, let price):
      text(.signalled, side.rawValue)
      number(.quantity, quantity)
      if let price { number(.price, price) }
    case .filled(let quantity, let price, let fill):
      number(.filled, quantity)
      number(.price, price)
      text(.fill, fill)
    case .unconfirmed(let reason): text(.unconfirmed, reason)
    case .rejected(let reason): text(.rejected, reason)
    case .submitted: yes(.submitted)
    case .acknowledged: yes(.acknowledged)
    case .cancelled: yes(.cancelled)
    case .expired: yes(.expired)
    }
  }

  private mutating func write(_ report: PositionReport) {
    text(.book, report.book.rawValue)
    name(.positions)
    bytes.append(UInt8(ascii: "["))
    for (index, position) in report.positions.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "["))
      EscapedText.append(position.symbol, to: &bytes)
      bytes += ",\(position.quantity),\(position.averagePrice)]".utf8
    }
    bytes.append(UInt8(ascii: "]"))
    if !report.isComplete {
      name(.complete)
      bytes += "false".utf8
    }
  }

  private mutating func name(_ field: RecordedField) {
    bytes += RecordedField.prefixes[field.rawValue]
  }

  private mutating func write(_ field: RecordedField, _ instant: Instant) {
    name(field)
    bytes.append(UInt8(ascii: "\""))
    RFC3339.append(instant, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func text(_ field: RecordedField, _ value: String) {
    name(field)
    EscapedText.append(value, to: &bytes)
  }

  private mutating func number(_ field: RecordedField, _ value: Decimal) {
    name(field)
    bytes += value.description.utf8
  }

  private mutating func yes(_ field: RecordedField) {
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

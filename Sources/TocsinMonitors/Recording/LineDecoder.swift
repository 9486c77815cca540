#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// What one line says, and what tells it from other lines.
struct DecodedLine {
  var record: Recorded<TradingEvent>
  var fingerprint: UInt64
}

/// Turns lines of the recording format into events. Keeps its scratch memory from line to line.
struct LineDecoder {
  private var object = FlatObject()

  mutating func decode(
    _ bytes: [UInt8],
    _ range: Range<Int>
  ) throws(LineFault) -> DecodedLine {
    try object.scan(bytes, range)
    let fields = FieldReader(object: object, bytes: bytes)
    let event = try event(fields)
    let instant = try fields.instant(.at, of: "every line")
    let identity = try fields.identity(range)
    return DecodedLine(
      record: Recorded(event, at: instant),
      fingerprint: Fingerprint.of(bytes, identity.range, seed: identity.seed)
    )
  }

  private func event(_ fields: FieldReader) throws(LineFault) -> TradingEvent {
    let kinds: [RecordedField] = [.tick, .heartbeat, .order, .book]
    var found: RecordedField?
    for kind in kinds where fields.has(kind) {
      guard found == nil else {
        throw LineFault(.malformed, "the line is of two kinds of event; write two lines")
      }
      found = kind
    }
    switch found {
    case .tick: return .tick(try fields.tick())
    case .heartbeat: return .heartbeat(try fields.heartbeat())
    case .order: return .order(try fields.orderEvent())
    case .book: return .positions(try fields.positionReport())
    default:
      throw LineFault(.unknownKind, "none of \"tick\", \"heartbeat\", \"order\", \"book\"; add one")
    }
  }
}

extension FieldReader {
  /// The bytes that tell this line from others: its `id`, or all of it.
  fileprivate func identity(_ line: Range<Int>) throws(LineFault) -> (
    range: Range<Int>, seed: UInt64
  ) {
    guard let id = object.token(.id) else { return (line, 0) }
    guard id.kind == .text || id.kind == .escapedText || id.kind == .number else {
      throw bad(.id, id, "a string or a number")
    }
    return (id.range, 1)
  }

  fileprivate func tick() throws(LineFault) -> Tick {
    try allow([.tick, .venue, .price, .venueAt, .snapshot], of: "a tick")
    return Tick(
      symbol: try text(.tick, of: "a tick"),
      venue: try text(.venue, of: "a tick"),
      price: try decimal(.price, of: "a tick"),
      venueInstant: has(.venueAt) ? try instant(.venueAt, of: "a tick") : nil,
      isSnapshot: try flag(.snapshot)
    )
  }

  fileprivate func heartbeat() throws(LineFault) -> Heartbeat {
    try allow([.heartbeat, .latency], of: "a heartbeat")
    return Heartbeat(
      source: try text(.heartbeat, of: "a heartbeat"),
      latency: try duration(.latency)
    )
  }

  fileprivate func positionReport() throws(LineFault) -> PositionReport {
    try allow([.book, .positions, .complete], of: "a position report")
    let name = try text(.book, of: "a position report")
    guard let book = PositionReport.Book(rawValue: name) else {
      throw bad(.book, object.token(.book) ?? .none, "\"local\" or \"broker\"")
    }
    guard let token = object.token(.positions) else {
      throw missing(.positions, of: "a position report")
    }
    guard token.kind == .rows else {
      throw bad(.positions, token, "rows: [[\"AAPL\", 100, 23.92]]")
    }
    var positions: [Position] = []
    positions.reserveCapacity(object.rows.count)
    for row in object.rows { positions.append(try position(row)) }
    return PositionReport(
      book: book,
      positions: positions,
      isComplete: try flag(.complete, absent: true)
    )
  }

  private func position(_ row: RowToken) throws(LineFault) -> Position {
    Position(
      symbol: try text(row.symbol, .positions),
      quantity: try decimal(row.quantity, .positions),
      averagePrice: try decimal(row.averagePrice, .positions)
    )
  }
}

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
    var found: RecordedField?
    for kind in LineDecoder.kinds where fields.has(kind) {
      guard found == nil else {
        throw LineFault(.malformed, "the line is of two kinds of event; write two lines")
      }
      found = kind
    }
    switch found {
    case .tick: return .tick(try fields.tick())
    case .quote: return .quote(try fields.quote())
    case .heartbeat: return .heartbeat(try fields.heartbeat())
    case .connection: return .connection(try fields.connection())
    case .order: return .order(try fields.orderEvent())
    case .book: return try fields.report()
    case .transfer: return .transfer(try fields.transfer())
    default:
      let names = LineDecoder.kinds.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw LineFault(.unknownKind, "none of \(names); add one")
    }
  }

  private static let kinds: [RecordedField] = [
    .tick, .quote, .heartbeat, .connection, .order, .book, .transfer,
  ]
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

  fileprivate func quote() throws(LineFault) -> Quote {
    try allow(
      [.quote, .venue, .bid, .ask, .bidSize, .askSize, .venueAt, .snapshot],
      of: "a quote"
    )
    return Quote(
      symbol: try text(.quote, of: "a quote"),
      venue: try text(.venue, of: "a quote"),
      bid: try optionalDecimal(.bid),
      ask: try optionalDecimal(.ask),
      bidSize: try optionalDecimal(.bidSize),
      askSize: try optionalDecimal(.askSize),
      venueInstant: has(.venueAt) ? try instant(.venueAt, of: "a quote") : nil,
      isSnapshot: try flag(.snapshot)
    )
  }

  fileprivate func connection() throws(LineFault) -> Connection {
    try allow([.connection, .state, .reason], of: "a connection")
    let name = try text(.state, of: "a connection")
    guard let state = Connection.State(rawValue: name) else {
      let names = Connection.State.allCases.map { "\"\($0.rawValue)\"" }
      throw bad(.state, object.token(.state) ?? .none, names.joined(separator: ", "))
    }
    return Connection(
      source: try text(.connection, of: "a connection"),
      state,
      reason: has(.reason) ? try text(.reason, of: "a connection") : ""
    )
  }
}

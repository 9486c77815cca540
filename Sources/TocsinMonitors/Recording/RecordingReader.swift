import Tocsin

/// What one line of a recording became.
public enum RecordedLine: Hashable, Sendable {
  /// An event, and the number of its line.
  case event(Recorded<TradingEvent>, line: Int)
  /// A line that was refused.
  case refused(LineError)
}

/// Reads a recording from chunks of bytes of any size: a file, a pipe, a socket.
///
/// Give it every chunk with ``read(_:_:)`` and call ``finish(_:)`` at the end; each calls its
/// closure once per event or refused line, in the order of the file. Delivered instants never go
/// back; see ``IntakeGuard``. Lines end with LF or CRLF; a byte-order mark, empty lines and comments
/// (`#` first) are allowed; the last line may lack its end.
///
/// Memory is bounded: one line of at most `maximumLineLength` bytes and the fingerprints of the
/// guard. A longer line is skipped up to its end without being kept. No input makes it trap.
///
/// To stop at the first refused line, throw its error from the closure; the reader is then spent.
public struct RecordingReader {
  /// What the lines are.
  public enum Format: Hashable, Sendable {
    /// Events, or a venue capture when the first line is the header of one.
    case automatic
    /// The format of ``RecordedEventCoder``.
    case events
    /// Comma-separated messages as exchanges sent them, with the receiver's and the venue's time.
    ///
    /// The header names the columns; `recv_ts` (which must be the first), `venue_ts`, `venue`,
    /// `symbol`, `kind`, `bid`, `ask` and `price` are needed, others are not read. Times are seconds
    /// since 1970 with up to nine digits after the point. There is no quoting.
    ///
    /// A row with a price becomes a tick at that price; a row with a bid and an ask becomes a tick
    /// at the middle of the two, exactly. Other rows (book updates, candles, connection messages)
    /// are skipped. No column says whether a message is a snapshot, so no tick is marked as one: a
    /// snapshot shows itself only by a venue time long before the time of receipt.
    ///
    /// Nothing is sorted. A file of several captures goes back in time where a capture begins; such
    /// rows are refused as out of order.
    case venueCapture
  }

  /// What became of the lines so far.
  public private(set) var counts = IntakeCounts()
  /// The format; `automatic` until the first line that is neither empty nor a comment.
  public private(set) var format: Format

  private var intake: IntakeGuard
  private var splitter: LineSplitter
  private var events = LineDecoder()
  private var capture: VenueCaptureFormat?

  /// Makes a reader at the start of a recording.
  public init(
    _ format: Format = .automatic,
    intake: IntakeGuard = IntakeGuard(),
    maximumLineLength: Int = 65_536
  ) {
    self.format = format
    self.intake = intake
    splitter = LineSplitter(maximumLength: max(1, maximumLineLength))
  }

  /// Reads the next bytes. A line that goes on in the next chunk is kept until then.
  public mutating func read(
    _ chunk: [UInt8],
    _ body: (RecordedLine) throws -> Void
  ) rethrows {
    splitter.begin(chunk)
    while let line = splitter.next() { try deliver(line, body) }
  }

  /// Reads what is left when the input has ended. Call it once.
  public mutating func finish(_ body: (RecordedLine) throws -> Void) rethrows {
    if let line = splitter.last() { try deliver(line, body) }
  }

  private mutating func deliver(
    _ line: LineSplitter.Line,
    _ body: (RecordedLine) throws -> Void
  ) rethrows {
    counts.lines += 1
    let outcome: RecordedLine
    do throws(LineFault) {
      guard let record = try admit(line) else {
        counts.skipped += 1
        return
      }
      counts.accepted += 1
      outcome = .event(record, line: counts.lines)
    } catch {
      counts.refusedByCode[error.code, default: 0] += 1
      outcome = .refused(error.error(line: counts.lines))
    }
    try body(outcome)
  }

  private mutating func admit(
    _ line: LineSplitter.Line
  ) throws(LineFault) -> Recorded<TradingEvent>? {
    guard !line.isOversized else {
      let limit = splitter.maximumLength
      throw LineFault(.oversized, "longer than \(limit) bytes; check that lines end with a newline")
    }
    let range = trimmed(line)
    guard let first = range.first, line.bytes[first] != UInt8(ascii: "#") else { return nil }
    guard var decoded = try decode(line.bytes, range) else { return nil }
    let instant = try intake.admit(decoded.record.instant, fingerprint: decoded.fingerprint)
    if instant != decoded.record.instant { counts.lifted += 1 }
    decoded.record.instant = instant
    return decoded.record
  }

  private mutating func decode(
    _ bytes: [UInt8],
    _ range: Range<Int>
  ) throws(LineFault) -> DecodedLine? {
    if format == .automatic {
      format = VenueCaptureFormat.isHeader(bytes[range]) ? .venueCapture : .events
    }
    guard format == .venueCapture else { return try events.decode(bytes, range) }
    if let capture { return try capture.decode(bytes, range) }
    capture = try VenueCaptureFormat(header: bytes[range])
    return nil
  }

  /// The line without white space around it and without a byte-order mark.
  private func trimmed(_ line: LineSplitter.Line) -> Range<Int> {
    var range = line.range
    if counts.lines == 1, line.bytes[range].starts(with: [0xEF, 0xBB, 0xBF]) {
      range = range.lowerBound + 3..<range.upperBound
    }
    while let last = range.last, LineSplitter.isSpace(line.bytes[last]) { range = range.dropLast() }
    while let first = range.first, LineSplitter.isSpace(line.bytes[first]) {
      range = range.dropFirst()
    }
    return range
  }
}

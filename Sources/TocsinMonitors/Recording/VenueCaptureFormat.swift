#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// Turns rows of a venue capture into ticks; see ``RecordingReader/Format/venueCapture``.
struct VenueCaptureFormat {
  private let columns: [Column: Int]
  private let width: Int

  private enum Column: String, CaseIterable {
    case received = "recv_ts"
    case sent = "venue_ts"
    case venue, symbol, kind, bid, ask, price
  }

  static func isHeader(_ line: ArraySlice<UInt8>) -> Bool { line.starts(with: "recv_ts,".utf8) }

  init(header: ArraySlice<UInt8>) throws(LineFault) {
    let names = header.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    var columns: [Column: Int] = [:]
    for column in Column.allCases {
      guard let index = names.firstIndex(where: { $0.elementsEqual(column.rawValue.utf8) }) else {
        throw LineFault(
          .missingField,
          "the header of a venue capture needs the column \(column.rawValue); add it"
        )
      }
      columns[column] = index
    }
    self.columns = columns
    width = names.count
  }

  /// The event of a row; nil when the row carries no price.
  func decode(_ bytes: [UInt8], _ range: Range<Int>) throws(LineFault) -> DecodedLine? {
    let cells = try cells(bytes, range)
    guard let price = try price(bytes, cells) else { return nil }
    guard let received = try seconds(bytes, cells, .received) else {
      throw LineFault(.missingField, "the row has no recv_ts; add the time of receipt")
    }
    let tick = Tick(
      symbol: try text(bytes, cells, .symbol),
      venue: try text(bytes, cells, .venue),
      price: price,
      venueInstant: try seconds(bytes, cells, .sent)
    )
    return DecodedLine(
      record: Recorded(.tick(tick), at: received),
      fingerprint: Fingerprint.of(bytes, range, seed: 0)
    )
  }

  private func cells(_ bytes: [UInt8], _ range: Range<Int>) throws(LineFault) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    cells.reserveCapacity(width)
    var start = range.lowerBound
    for at in range where bytes[at] == UInt8(ascii: ",") {
      cells.append(start..<at)
      start = at + 1
    }
    cells.append(start..<range.upperBound)
    guard cells.count != width else { return cells }
    throw LineFault(
      cells.count < width ? .truncated : .malformed,
      "the row has \(cells.count) cells, the header has \(width); record the whole row again"
    )
  }

  private func cell(_ cells: [Range<Int>], _ column: Column) -> Range<Int> {
    columns[column].map { cells[$0] } ?? 0..<0
  }
}

extension VenueCaptureFormat {
  private func price(_ bytes: [UInt8], _ cells: [Range<Int>]) throws(LineFault) -> Decimal? {
    if let price = try number(bytes, cells, .price) { return price }
    guard let bid = try number(bytes, cells, .bid), let ask = try number(bytes, cells, .ask)
    else { return nil }
    let middle = (bid + ask) * Decimal(sign: .plus, exponent: -1, significand: 5)
    guard !middle.isNaN else {
      throw LineFault(.badValue, "bid and ask are too large; correct them")
    }
    return middle
  }

  private func number(
    _ bytes: [UInt8],
    _ cells: [Range<Int>],
    _ column: Column
  ) throws(LineFault) -> Decimal? {
    let range = cell(cells, column)
    guard !range.isEmpty else { return nil }
    if let value = DecimalText(bytes, range)?.decimal { return value }
    if NotANumber.isName(bytes[range]) { throw NotANumber.fault(bytes[range]) }
    throw bad(column, bytes[range], "a number")
  }

  private func seconds(
    _ bytes: [UInt8],
    _ cells: [Range<Int>],
    _ column: Column
  ) throws(LineFault) -> Instant? {
    let range = cell(cells, column)
    guard !range.isEmpty else { return nil }
    if NotANumber.isName(bytes[range]) { throw NotANumber.fault(bytes[range]) }
    guard let nanoseconds = DecimalText(bytes, range)?.scaled(byPowerOfTen: 9) else {
      throw bad(column, bytes[range], "seconds since 1970")
    }
    guard nanoseconds < Int128(Int64.max) else {
      throw LineFault(.futureDated, "\(column.rawValue) is after the year 2262; correct its date")
    }
    guard nanoseconds > Int128(Int64.min) else { throw bad(column, bytes[range], "after 1677") }
    return Instant(nanoseconds: Int64(nanoseconds))
  }

  private func text(
    _ bytes: [UInt8],
    _ cells: [Range<Int>],
    _ column: Column
  ) throws(LineFault) -> String {
    let range = cell(cells, column)
    guard !range.isEmpty else {
      throw LineFault(.missingField, "the row has a price but no \(column.rawValue); add it")
    }
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw LineFault(.badText, "\(column.rawValue) is not valid UTF-8; save the file as UTF-8")
    }
    return text
  }

  private func bad(_ column: Column, _ cell: ArraySlice<UInt8>, _ wanted: String) -> LineFault {
    LineFault(.badValue, "\(column.rawValue) is \(LineFault.quote(cell)); it must be \(wanted)")
  }
}

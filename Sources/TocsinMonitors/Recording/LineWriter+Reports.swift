#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

extension LineWriter {
  mutating func write(_ report: PositionReport) {
    text(.book, report.book.rawValue)
    rows(.positions, report.positions) { position in
      [.text(position.symbol), .number(position.quantity), .number(position.averagePrice)]
    }
    writeStanding(of: report)
  }

  mutating func write(_ report: OrderReport) {
    text(.book, report.book.rawValue)
    rows(.orders, report.orders) { order in
      [
        .text(order.order), .text(order.venueOrder), .text(order.symbol),
        .text(order.side.rawValue), .number(order.quantity), .number(order.filledQuantity),
        .number(order.limitPrice),
      ]
    }
    writeStanding(of: report)
  }

  mutating func write(_ report: FillReport) {
    text(.book, report.book.rawValue)
    write(.since, report.since)
    rows(.fills, report.fills) { fill in
      [
        .text(fill.id), .text(fill.order), .text(fill.symbol), .text(fill.side.rawValue),
        .number(fill.quantity), .number(fill.price), .number(fill.fee?.amount),
        .text(fill.fee?.currency),
      ]
    }
    writeStanding(of: report)
  }

  mutating func write(_ report: AccountReport) {
    text(.book, report.book.rawValue)
    if !report.account.isEmpty { text(.account, report.account) }
    rows(.balances, report.balances) { balance in
      [.text(balance.currency), .number(balance.total), .number(balance.frozen)]
    }
    if let equity = report.equity {
      number(.equity, equity.amount)
      text(.currency, equity.currency)
    }
    writeStanding(of: report)
  }

  private mutating func writeStanding(of report: some BookReport) {
    if !report.isComplete {
      name(.complete)
      bytes += "false".utf8
    }
    if let asked = report.answers { write(.answers, asked) }
  }

  private enum Cell {
    case text(String?)
    case number(Decimal?)
  }

  private mutating func rows<Value>(
    _ field: RecordedField,
    _ values: [Value],
    _ cells: (Value) -> [Cell]
  ) {
    name(field)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      bytes += (index > 0 ? ",[" : "[").utf8
      for (column, cell) in cells(value).enumerated() {
        if column > 0 { bytes.append(UInt8(ascii: ",")) }
        write(cell)
      }
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ cell: Cell) {
    switch cell {
    case .text(let value?): EscapedText.append(value, to: &bytes)
    case .number(let value?): bytes += value.description.utf8
    case .text(nil), .number(nil): bytes += "null".utf8
    }
  }
}

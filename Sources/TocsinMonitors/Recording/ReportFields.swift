#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tocsin

/// The reports of a book in the recording format.
extension FieldReader {
  func report() throws(LineFault) -> TradingEvent {
    let kinds: [RecordedField] = [.positions, .orders, .fills, .balances]
    let found = kinds.filter(has)
    guard found.count == 1, let kind = found.first else {
      let names = kinds.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw found.isEmpty
        ? LineFault(.missingField, "a report of a book needs one of \(names); add it")
        : LineFault(.malformed, "the line is of two kinds of event; write two lines")
    }
    switch kind {
    case .positions: return .positions(try positionReport())
    case .orders: return .orders(try orderReport())
    case .fills: return .fills(try fillReport())
    default: return .account(try accountReport())
    }
  }

  private func positionReport() throws(LineFault) -> PositionReport {
    try allow([.book, .positions, .complete, .answers], of: "a position report")
    return PositionReport(
      book: try book(),
      positions: try rows(of: .positions) { (row) throws(LineFault) in
        Position(
          symbol: try row.text(0),
          quantity: try row.decimal(1),
          averagePrice: try row.decimal(2)
        )
      },
      isComplete: try flag(.complete, absent: true),
      answers: try answers()
    )
  }

  private func orderReport() throws(LineFault) -> OrderReport {
    try allow([.book, .orders, .complete, .answers], of: "a report of orders")
    return OrderReport(
      book: try book(),
      orders: try rows(of: .orders) { (row) throws(LineFault) in
        OpenOrder(
          order: try row.text(0),
          venueOrder: try row.optionalText(1),
          symbol: try row.text(2),
          side: try row.side(3),
          quantity: try row.decimal(4),
          filledQuantity: try row.decimal(5),
          limitPrice: try row.optionalDecimal(6)
        )
      },
      isComplete: try flag(.complete, absent: true),
      answers: try answers()
    )
  }

  private func fillReport() throws(LineFault) -> FillReport {
    try allow([.book, .fills, .since, .complete, .answers], of: "a report of fills")
    return FillReport(
      book: try book(),
      since: try instant(.since, of: "a report of fills"),
      fills: try rows(of: .fills) { (row) throws(LineFault) in try row.fill() },
      isComplete: try flag(.complete, absent: true),
      answers: try answers()
    )
  }

  private func accountReport() throws(LineFault) -> AccountReport {
    try allow(
      [.book, .balances, .account, .equity, .currency, .complete, .answers],
      of: "a report of an account"
    )
    return AccountReport(
      book: try book(),
      account: has(.account) ? try text(.account, of: "a report of an account") : "",
      balances: try rows(of: .balances) { (row) throws(LineFault) in
        Balance(currency: try row.text(0), total: try row.decimal(1), frozen: try row.decimal(2))
      },
      equity: try money(.equity, .currency),
      isComplete: try flag(.complete, absent: true),
      answers: try answers()
    )
  }

  func transfer() throws(LineFault) -> Transfer {
    try allow([.transfer, .account, .amount, .currency], of: "a transfer")
    guard let amount = try money(.amount, .currency) else {
      throw missing(.amount, of: "a transfer")
    }
    return Transfer(
      id: try text(.transfer, of: "a transfer"),
      account: has(.account) ? try text(.account, of: "a transfer") : "",
      amount: amount
    )
  }

  private func answers() throws(LineFault) -> Instant? {
    has(.answers) ? try instant(.answers, of: "a report") : nil
  }

  private func book() throws(LineFault) -> Book {
    guard let book = Book(rawValue: try text(.book, of: "a report")) else {
      throw bad(.book, object.token(.book) ?? .none, "\"local\" or \"broker\"")
    }
    return book
  }

  private func rows<Value>(
    of field: RecordedField,
    _ make: (RowReader) throws(LineFault) -> Value
  ) throws(LineFault) -> [Value] {
    guard let token = object.token(field), let shape = RowShape.of(field) else {
      throw missing(field, of: "a report")
    }
    guard token.kind == .rows else { throw bad(field, token, "rows: [\(shape.example)]") }
    var values: [Value] = []
    values.reserveCapacity(object.cells.count / shape.width)
    for first in stride(from: 0, to: object.cells.count, by: shape.width) {
      values.append(try make(RowReader(fields: self, field: field, first: first)))
    }
    return values
  }
}

/// Reads the values of one row.
struct RowReader {
  let fields: FieldReader
  let field: RecordedField
  let first: Int

  func text(_ column: Int) throws(LineFault) -> String { try fields.text(cell(column), field) }

  func decimal(_ column: Int) throws(LineFault) -> Decimal {
    try fields.decimal(cell(column), field)
  }

  func optionalText(_ column: Int) throws(LineFault) -> String? {
    cell(column).kind == .null ? nil : try text(column)
  }

  func optionalDecimal(_ column: Int) throws(LineFault) -> Decimal? {
    cell(column).kind == .null ? nil : try decimal(column)
  }

  func side(_ column: Int) throws(LineFault) -> Side {
    guard let side = Side(rawValue: try text(column)) else {
      throw fields.bad(field, cell(column), "\"buy\" or \"sell\"")
    }
    return side
  }

  func fill() throws(LineFault) -> Fill {
    Fill(
      id: try text(0),
      order: try text(1),
      symbol: try text(2),
      side: try side(3),
      quantity: try decimal(4),
      price: try decimal(5),
      fee: cell(6).kind == .null ? nil : Money(try decimal(6), try text(7))
    )
  }

  private func cell(_ column: Int) -> Token { fields.object.cells[first + column] }
}

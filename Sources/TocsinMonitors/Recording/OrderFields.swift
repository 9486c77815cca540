/// The steps of an order in the recording format.
extension FieldReader {
  private static let steps: [RecordedField] = [
    .signalled, .submitted, .unconfirmed, .acknowledged, .filled, .rejected, .cancelled, .expired,
  ]

  func orderEvent() throws(LineFault) -> OrderEvent {
    OrderEvent(
      order: try text(.order, of: "an order"),
      symbol: try text(.symbol, of: "an order"),
      kind: try orderStep()
    )
  }

  private func orderStep() throws(LineFault) -> OrderEvent.Kind {
    var found: RecordedField?
    for step in FieldReader.steps where has(step) {
      guard found == nil else {
        throw LineFault(.malformed, "the line has two steps of an order; write two lines")
      }
      found = step
    }
    guard let found else {
      throw LineFault(
        .unknownKind,
        "the order has no step; add one: signalled, submitted, unconfirmed, acknowledged, filled, "
          + "rejected, cancelled or expired"
      )
    }
    return try step(found)
  }

  private func step(_ field: RecordedField) throws(LineFault) -> OrderEvent.Kind {
    switch field {
    case .signalled: return try signalled()
    case .filled: return try filled()
    default: break
    }
    try allow([.order, .symbol, field], of: "this step of an order")
    switch field {
    case .unconfirmed: return .unconfirmed(reason: try text(field, of: "the step"))
    case .rejected: return .rejected(reason: try text(field, of: "the step"))
    default: break
    }
    guard try flag(field) else {
      throw LineFault(.badValue, "\"\(field.name)\" is false; leave the line out instead")
    }
    switch field {
    case .submitted: return .submitted
    case .acknowledged: return .acknowledged
    case .cancelled: return .cancelled
    default: return .expired
    }
  }

  private func signalled() throws(LineFault) -> OrderEvent.Kind {
    try allow([.order, .symbol, .signalled, .quantity, .price], of: "a signalled order")
    guard let side = Side(rawValue: try text(.signalled, of: "a signal")) else {
      throw bad(.signalled, object.token(.signalled) ?? .none, "\"buy\" or \"sell\"")
    }
    return .signalled(
      side: side,
      quantity: try decimal(.quantity, of: "a signalled order"),
      decisionPrice: try optionalDecimal(.price)
    )
  }

  private func filled() throws(LineFault) -> OrderEvent.Kind {
    try allow([.order, .symbol, .filled, .price, .fill], of: "a filled order")
    return .filled(
      quantity: try decimal(.filled, of: "a filled order"),
      price: try decimal(.price, of: "a filled order"),
      fill: try text(.fill, of: "a filled order")
    )
  }

  /// Refuses fields of the format that do not belong to this kind of event.
  func allow(_ fields: FieldSet, of what: String) throws(LineFault) {
    guard let stray = object.first(outside: fields) else { return }
    throw LineFault(.unknownField, "\(what) has no \"\(stray.name)\"; remove it")
  }
}

/// A set of fields; `at`, `id` and `note` are always in it.
struct FieldSet: ExpressibleByArrayLiteral {
  let bits: UInt32

  @inline(__always)
  init(arrayLiteral fields: RecordedField...) {
    bits = fields.reduce(0b111) { $0 | 1 << UInt32($1.rawValue) }
  }
}

extension FlatObject {
  func first(outside fields: FieldSet) -> RecordedField? {
    let stray = present & ~fields.bits
    return stray == 0 ? nil : RecordedField(rawValue: stray.trailingZeroBitCount)
  }
}

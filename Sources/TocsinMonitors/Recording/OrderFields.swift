/// The steps of an order in the recording format.
extension FieldReader {
  private static let steps: [RecordedField] = [
    .signalled, .submitted, .unconfirmed, .acknowledged, .filled, .rejected, .cancelled, .expired,
    .replaceRequested, .replaced, .replaceRejected, .cancelRequested, .cancelRejected,
  ]

  func orderEvent() throws(LineFault) -> OrderEvent {
    OrderEvent(
      order: try text(.order, of: "an order"),
      symbol: try text(.symbol, of: "an order"),
      kind: try orderStep(),
      venueOrder: has(.venueOrder) ? try text(.venueOrder, of: "an order") : nil,
      venueInstant: has(.venueAt) ? try instant(.venueAt, of: "an order") : nil
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
        "the order has no step; add one: "
          + FieldReader.steps.map(\.name).joined(separator: ", ")
      )
    }
    return try step(found)
  }

  private func step(_ field: RecordedField) throws(LineFault) -> OrderEvent.Kind {
    switch field {
    case .signalled: return try signalled()
    case .filled: return try filled()
    case .replaceRequested, .replaced: return try replacement(field)
    default: break
    }
    try allow(FieldSet.order.with(field), of: "this step of an order")
    switch field {
    case .unconfirmed: return .unconfirmed(reason: try text(field, of: "the step"))
    case .rejected: return .rejected(reason: try text(field, of: "the step"))
    case .replaceRejected: return .replaceRejected(reason: try text(field, of: "the step"))
    case .cancelRejected: return .cancelRejected(reason: try text(field, of: "the step"))
    default: break
    }
    try demandYes(field)
    switch field {
    case .cancelRequested: return .cancelRequested
    case .submitted: return .submitted
    case .acknowledged: return .acknowledged
    case .cancelled: return .cancelled
    default: return .expired
    }
  }

  private func signalled() throws(LineFault) -> OrderEvent.Kind {
    try allow(
      FieldSet.order.with(.signalled, .quantity, .price, .limit, .strategy),
      of: "a signalled order"
    )
    guard let side = Side(rawValue: try text(.signalled, of: "a signal")) else {
      throw bad(.signalled, object.token(.signalled) ?? .none, "\"buy\" or \"sell\"")
    }
    return .signalled(
      side: side,
      quantity: try decimal(.quantity, of: "a signalled order"),
      decisionPrice: try optionalDecimal(.price),
      limitPrice: try optionalDecimal(.limit),
      strategy: has(.strategy) ? try text(.strategy, of: "a signalled order") : nil
    )
  }

  private func filled() throws(LineFault) -> OrderEvent.Kind {
    try allow(
      FieldSet.order.with(.filled, .price, .fill, .fee, .feeCurrency),
      of: "a filled order"
    )
    return .filled(
      quantity: try decimal(.filled, of: "a filled order"),
      price: try decimal(.price, of: "a filled order"),
      fill: try text(.fill, of: "a filled order"),
      fee: try money(.fee, .feeCurrency)
    )
  }

  private func replacement(_ field: RecordedField) throws(LineFault) -> OrderEvent.Kind {
    try allow(FieldSet.order.with(field, .quantity, .limit), of: "a replacement")
    try demandYes(field)
    let (quantity, limit) = (try optionalDecimal(.quantity), try optionalDecimal(.limit))
    return field == .replaced
      ? .replaced(quantity: quantity, limitPrice: limit)
      : .replaceRequested(quantity: quantity, limitPrice: limit)
  }

  private func demandYes(_ field: RecordedField) throws(LineFault) {
    guard try flag(field) else {
      throw LineFault(.badValue, "\"\(field.name)\" is false; leave the line out instead")
    }
  }

  /// An amount and its currency; nil when neither is there.
  func money(_ amount: RecordedField, _ currency: RecordedField) throws(LineFault) -> Money? {
    guard has(amount) || has(currency) else { return nil }
    return Money(
      try decimal(amount, of: "an amount of money"),
      try text(currency, of: "an amount of money")
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
  private(set) var bits: UInt64

  @inline(__always)
  init(arrayLiteral fields: RecordedField...) {
    bits = fields.reduce(0b111) { $0 | 1 << UInt64($1.rawValue) }
  }

  /// What every step of an order may have.
  static let order: FieldSet = [.order, .symbol, .venueOrder, .venueAt]

  func with(_ fields: RecordedField...) -> FieldSet {
    var more = self
    for field in fields { more.bits |= 1 << UInt64(field.rawValue) }
    return more
  }
}

extension FlatObject {
  func first(outside fields: FieldSet) -> RecordedField? {
    let stray = present & ~fields.bits
    return stray == 0 ? nil : RecordedField(rawValue: stray.trailingZeroBitCount)
  }
}

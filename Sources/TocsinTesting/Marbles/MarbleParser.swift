/// Reads a marble text into moments.
struct MarbleParser<Value> {
  private let text: String
  private let tick: Duration
  private let values: MarbleValues<Value>
  private var tokens: ArraySlice<MarbleToken>
  private var moments: [Moment<Value>] = []
  private var position = Duration.zero
  private var horizon: Duration?
  private var subscription: Duration?
  private var isOver = false

  static func read(
    _ text: String,
    tick: Duration,
    _ values: MarbleValues<Value>
  ) throws(MarbleError) -> EventTimeline<Value> {
    if tick <= .zero { throw MarbleError(text: text, index: 0, problem: .badTick) }
    if let name = values.reserved {
      let index = text.range(of: name).map { text.distance(from: text.startIndex, to: $0) } ?? 0
      throw MarbleError(text: text, index: index, problem: .reservedName(name))
    }
    var parser = try Self(text, tick, values)
    while let token = parser.tokens.popFirst() { try parser.column(token) }
    return parser.timeline
  }

  private init(
    _ text: String,
    _ tick: Duration,
    _ values: MarbleValues<Value>
  ) throws(MarbleError) {
    self.text = text
    self.tick = tick
    self.values = values
    tokens = try MarbleTokens.read(text)[...]
  }

  /// Offsets count from the subscription, if there is one.
  private var timeline: EventTimeline<Value> {
    let zero = subscription ?? .zero
    let shifted = moments.map { Moment($0.event, at: $0.offset - zero) }
    return EventTimeline(shifted, horizon: horizon.map { $0 - zero })
  }

  private mutating func column(_ token: MarbleToken) throws(MarbleError) {
    switch token.kind {
    case .nothing:
      horizon = position
      position += tick
    case .jump(let duration):
      position += duration
      horizon = position
    case .open:
      try group(token)
      position += tick
    case .close: throw error(.strayClosing, token)
    default:
      try event(token)
      position += tick
    }
  }

  private mutating func event(_ token: MarbleToken) throws(MarbleError) {
    switch token.kind {
    case .end: try add(.end, token)
    case .failure: try add(.failure("#"), token)
    case .cancel: try add(.cancel, token)
    case .ask(let count): try add(.demand(count), token)
    case .subscribe:
      if subscription != nil { throw error(.secondSubscription, token) }
      subscription = position
      try add(.subscribe, token)
    case .name(let name, _):
      guard let value = values.value(name) else {
        throw error(.unknownName(name, known: values.known), token)
      }
      try add(.value(value), token)
    case .nothing, .jump: throw error(.timeInGroup(token.text), token)
    case .open: throw error(.nestedGroup, token)
    case .close: throw error(.strayClosing, token)
    }
  }

  private mutating func add(
    _ event: Moment<Value>.Event,
    _ token: MarbleToken
  ) throws(MarbleError) {
    if case .cancel = event {} else if isOver { throw error(.afterEnd(token.text), token) }
    moments.append(Moment(event, at: position))
    switch event {
    case .end, .failure: isOver = true
    default: break
    }
  }

  private func error(_ problem: MarbleError.Problem, _ token: MarbleToken) -> MarbleError {
    MarbleError(text: text, index: token.index, problem: problem)
  }
}

// MARK: - Groups

extension MarbleParser {
  private mutating func group(_ open: MarbleToken) throws(MarbleError) {
    let members = tokens.prefix { $0.kind != .close && $0.kind != .open }
    tokens = tokens.dropFirst(members.count)
    guard let close = tokens.popFirst() else { throw error(.unclosedGroup, open) }
    if close.kind == .open { throw error(.nestedGroup, close) }
    if members.isEmpty { throw error(.emptyGroup, open) }
    let inner = try members.count == 1 ? letters(of: members[members.startIndex]) : Array(members)
    for token in inner { try event(token) }
  }

  /// The only word of a group, as `(ab)`: a value by its letters, unless it has a name as a whole.
  private func letters(of token: MarbleToken) throws(MarbleError) -> [MarbleToken] {
    guard case .name(let word, false) = token.kind, word.count > 1 else { return [token] }
    let letters = word.enumerated().map { place, letter in
      let kind = MarbleTokens.symbol("\(letter)") ?? .name("\(letter)", isQuoted: false)
      let index = token.index + place
      return MarbleToken(kind: kind, text: "\(letter)", index: index, isApart: false)
    }
    guard values.known != nil, values.isKnown(word) else { return letters }
    let areKnown = word.allSatisfy {
      values.isKnown("\($0)") || MarbleTokens.symbol("\($0)") != nil
    }
    if areKnown { throw error(.ambiguousGroup(word), token) }
    return [token]
  }
}

extension String {
  /// Where a part of the text begins.
  fileprivate func range(of part: String) -> String.Index? {
    indices.first { self[$0...].hasPrefix(part) }
  }
}

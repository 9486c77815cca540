extension EventTimeline {
  /// The timeline drawn as marbles, where it can be.
  func drawn(tick: Duration, _ values: MarbleValues<Value>) -> String? {
    guard tick > .zero, mistakes.isEmpty else { return nil }
    let hasSubscription = moments.contains { $0.isSubscription && $0.offset == .zero }
    let first = moments.first?.offset ?? .zero
    if first < .zero && !hasSubscription { return nil }
    var position = min(first, .zero)
    var tokens: [String] = []
    for column in columns {
      guard let offset = column.first?.offset, offset >= position,
        let token = column.drawn(values)
      else { return nil }
      tokens += gap(offset - position, tick) + [token]
      position = offset + tick
    }
    if let horizon, horizon >= position { tokens += rest(horizon - position, tick) }
    return tokens.joined(separator: " ")
  }

  /// The moments of each offset.
  private var columns: [[Moment<Value>]] {
    moments.reduce(into: []) { columns, moment in
      if columns.last?.last?.offset == moment.offset {
        columns[columns.count - 1].append(moment)
      } else {
        columns.append([moment])
      }
    }
  }

  /// Dots for a few columns, a duration for what is longer or no whole number of columns.
  private func gap(_ time: Duration, _ tick: Duration) -> [String] {
    if time == .zero { return [] }
    let count = time / tick
    let isWhole = count == count.rounded() && tick * Int(count) == time
    return isWhole && count <= 9 ? Array(repeating: ".", count: Int(count)) : [time.offsetText]
  }

  /// What is drawn behind the last moment, so that the horizon stays where it is.
  private func rest(_ time: Duration, _ tick: Duration) -> [String] {
    let dots = gap(time + tick, tick)
    return dots.allSatisfy { $0 == "." } ? dots : [time.offsetText]
  }
}

extension Moment {
  fileprivate var isSubscription: Bool { if case .subscribe = event { true } else { false } }

  fileprivate func token(_ values: MarbleValues<Value>) -> String? {
    switch event {
    case .value(let value):
      guard let name = values.name(value), !name.contains("'") else { return nil }
      return MarbleTokens.isPlain(name) ? name : "'\(name)'"
    case .end: return "|"
    case .failure(let why): return why == "#" ? "#" : nil
    case .cancel: return "!"
    case .subscribe: return offset == .zero ? "^" : nil
    case .demand(let count): return count.map { "?\($0)" } ?? "?"
    }
  }
}

extension Array {
  /// One column: a token, or a group with blanks.
  fileprivate func drawn<Value>(_ values: MarbleValues<Value>) -> String?
  where Element == Moment<Value> {
    let tokens = compactMap { $0.token(values) }
    guard tokens.count == count else { return nil }
    return count == 1 ? tokens[0] : "(\(tokens.joined(separator: " ")))"
  }
}

extension EventTimeline {
  /// Reads a timeline that is drawn as marbles.
  ///
  ///     a . b (c d) 5m . |
  ///
  /// Tokens are separated by blanks, and each is one column of a `tick`.
  ///
  /// | token | means |
  /// | --- | --- |
  /// | `a` | a value, by its name |
  /// | `.` | nothing |
  /// | `(a b)`, `(ab)` | several in one column, in order |
  /// | `5m`, `1.5s`, `300ms`, `2m5s` | so much time, instead of a column |
  /// | `\|` | the end |
  /// | `#` | a failure |
  /// | `!` | the subscriber cancels |
  /// | `^` | the subscriber subscribes: offsets count from here |
  /// | `?`, `?3` | the subscriber asks for all, or for 3 more |
  /// | `'5m'` | a value, whatever its name looks like |
  ///
  /// A token that is written like a duration (a number and a unit) is always one, never a value: a
  /// list that has such a name is refused, and where values stand for themselves it is put in
  /// quotes. A number without a unit is a value.
  ///
  /// - Parameters:
  ///   - text: What is drawn.
  ///   - values: The values by their names.
  ///   - tick: How long a column is.
  /// - Throws: What is wrong with the text, and where.
  public init(
    marbles text: String,
    _ values: [String: Value],
    tick: Duration = .seconds(1)
  ) throws(MarbleError) {
    self = try MarbleParser.read(text, tick: tick, MarbleValues(values) { _, _ in false })
  }

  /// Reads a timeline that is drawn as marbles; a closure gives the value of each name.
  ///
  /// - Throws: What is wrong with the text, and where. A name that the closure gives nil for is
  ///   unknown.
  public init(
    marbles text: String,
    tick: Duration = .seconds(1),
    _ value: @escaping (_ name: String) -> Value?
  ) throws(MarbleError) {
    self = try MarbleParser.read(text, tick: tick, MarbleValues(value))
  }

  /// A timeline that is drawn as marbles, for an input of a rehearsal: what is wrong with the text
  /// is said there.
  public static func marbles(
    _ text: String,
    _ values: [String: Value],
    tick: Duration = .seconds(1)
  ) -> Self {
    reading(text, tick, MarbleValues(values) { _, _ in false })
  }

  /// The same; a closure gives the value of each name.
  public static func marbles(
    _ text: String,
    tick: Duration = .seconds(1),
    _ value: @escaping (_ name: String) -> Value?
  ) -> Self {
    reading(text, tick, MarbleValues(value))
  }

  static func reading(_ text: String, _ tick: Duration, _ values: MarbleValues<Value>) -> Self {
    do {
      return try MarbleParser.read(text, tick: tick, values)
    } catch {
      return EventTimeline(mistake: "\(error)")
    }
  }
}

extension EventTimeline where Value: LosslessStringConvertible {
  /// Reads a timeline that is drawn as marbles and whose values stand for themselves: strings,
  /// characters, numbers.
  ///
  /// - Throws: What is wrong with the text, and where.
  public init(marbles text: String, tick: Duration = .seconds(1)) throws(MarbleError) {
    self = try MarbleParser.read(text, tick: tick, .themselves)
  }

  /// The same, for an input of a rehearsal: what is wrong with the text is said there.
  public static func marbles(_ text: String, tick: Duration = .seconds(1)) -> Self {
    reading(text, tick, .themselves)
  }

  /// The timeline drawn as marbles; what reads it back gives an equal one.
  ///
  /// - Parameter tick: How long a column is.
  /// - Returns: The drawing; nil when two offsets are less than a tick apart, when something is
  ///   before zero or the subscription elsewhere, when a failure has words, or when the text of a
  ///   value has a quote in it.
  public func marbles(tick: Duration = .seconds(1)) -> String? { drawn(tick: tick, .themselves) }
}

extension EventTimeline where Value: Equatable {
  /// The timeline drawn as marbles with names for its values; nil when that is not possible, or when
  /// a value has no name.
  public func marbles(_ values: [String: Value], tick: Duration = .seconds(1)) -> String? {
    drawn(tick: tick, MarbleValues(values) { $0 == $1 })
  }
}

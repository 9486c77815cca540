extension StreamGenerator {
  /// One event in so many becomes a burst: more events, with values of their own, at the same
  /// instant or within a short span after it.
  ///
  /// - Parameters:
  ///   - count: How many more events a burst has.
  ///   - span: How far they are spread; zero puts all on one instant. What follows moves back as far.
  ///   - oneIn: One event in so many, on average.
  /// - Returns: A generator of such streams.
  public func bursts(
    of count: ClosedRange<Int> = 2...6,
    within span: Duration = .zero,
    oneIn: Int = 12
  ) -> Self {
    let makeValue = makeValue
    return disturbed { events, random in
      var moved = Duration.zero
      events = events.flatMap { event in
        var burst = [Timed(event.offset + moved, event.value)]
        guard random.chance(1, in: oneIn) else { return burst }
        for _ in 0..<random.number(in: count) {
          let step = random.duration(in: .zero...span) / count.upperBound
          moved += step
          burst.append(Timed(event.offset + moved, makeValue(&random)))
        }
        return burst
      }
    }
  }

  /// Before one event in so many there is a long silence of one of these durations, and sometimes
  /// one nanosecond less or more.
  public func gaps(of durations: Duration..., oneIn: Int = 12) -> Self {
    disturbed { events, random in
      var moved = Duration.zero
      for index in events.indices {
        if random.chance(1, in: oneIn) && !durations.isEmpty {
          let step = random.pick(durations) + .nanoseconds(random.pick([-1, 0, 0, 1]))
          moved += max(.zero, step)
        }
        events[index].offset += moved
      }
    }
  }

  /// One event in so many comes again, with the same value: at once, or together with one of the
  /// next few events.
  public func duplicates(oneIn: Int = 8, upTo later: Int = 3) -> Self {
    disturbed { events, random in
      var copies: [(index: Int, value: Value)] = []
      for index in events.indices where random.chance(1, in: oneIn) {
        let place = min(events.count - 1, index + random.number(in: 0...max(0, later)))
        copies.append((place, events[index].value))
      }
      insert(copies, into: &events)
    }
  }

  /// One value in so many changes places with one that comes up to so many events later: the values
  /// arrive out of order, the instants of arrival do not go back.
  public func reordered(oneIn: Int = 8, upTo later: Int = 3) -> Self {
    disturbed { events, random in
      for index in events.indices where random.chance(1, in: oneIn) {
        let other = min(events.count - 1, index + random.number(in: 1...max(1, later)))
        let value = events[index].value
        events[index].value = events[other].value
        events[other].value = value
      }
    }
  }

  /// Gives every value the error of a clock that is off, drifts, and is set right now and then, for
  /// values that carry an instant of their own.
  ///
  /// - Parameters:
  ///   - limit: How far the clock is off at most, either way.
  ///   - apply: Moves the instant in the value by the error.
  /// - Returns: A generator of such streams.
  public func skewed(
    upTo limit: Duration,
    _ apply: @escaping @Sendable (inout Value, _ error: Duration) -> Void
  ) -> Self {
    disturbed { events, random in
      var error = random.duration(in: (.zero - limit)...limit)
      for index in events.indices {
        if random.chance(1, in: 10) { error = random.duration(in: (.zero - limit)...limit) }
        let drift = random.duration(in: (.zero - limit / 100)...(limit / 100))
        error = min(limit, max(.zero - limit, error + drift))
        apply(&events[index].value, error)
      }
    }
  }

  /// One value in so many is one of these: NaN, the ends of a type, an empty name.
  public func extremes(_ values: [Value], oneIn: Int = 12) -> Self where Value: Sendable {
    disturbed { events, random in
      for index in events.indices where random.chance(1, in: oneIn) && !values.isEmpty {
        events[index].value = random.pick(values)
      }
    }
  }

  /// Streams start at one of these offsets instead of zero. Give one near
  /// `Instant.distantFuture` to see what saturates.
  public func starting(at offsets: Duration...) -> Self {
    disturbed { events, random in
      let start = offsets.isEmpty ? .zero : random.pick(offsets)
      for index in events.indices { events[index].offset += start }
    }
  }
}

/// Puts copies behind the events at their places.
private func insert<Value>(
  _ copies: [(index: Int, value: Value)],
  into events: inout [Timed<Value>]
) {
  var rest = copies.sorted { $0.index < $1.index }[...]
  var result: [Timed<Value>] = []
  for (index, event) in events.enumerated() {
    result.append(event)
    while let copy = rest.first, copy.index == index {
      result.append(Timed(event.offset, copy.value))
      rest.removeFirst()
    }
  }
  events = result
}

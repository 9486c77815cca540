import TocsinTesting

extension SeededRandom {
  /// Values whose offsets are close together, sometimes with an end.
  mutating func timeline(upTo count: Int) -> EventTimeline<Int> {
    var offset = Duration.zero
    var moments: [Moment<Int>] = []
    for _ in 0..<number(in: 0...count) {
      offset += .seconds(pick([0, 0, 1, 1, 2]))
      moments.append(Moment(.value(number(in: 0...3)), at: offset))
    }
    if pick([true, false]) { moments.append(Moment(.end, at: offset + .seconds(pick([0, 1])))) }
    return EventTimeline(moments)
  }
}

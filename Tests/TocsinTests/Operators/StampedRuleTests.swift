import CustomDump
import Testing

@testable import Tocsin

/// A rollup of plain values with one stamp beside it gives what one of envelopes does.
@Suite struct StampedRuleTests {
  typealias Message = Envelope<RolledUp<KeyedAlert>>
  static let unused = Stamp(ingested: .distantPast, sequence: 0)

  func outputs<R: TimedRule>(_ rule: R, _ moments: [(Int64, KeyedAlert)]) -> [Message]
  where
    R.Input == Envelope<KeyedAlert>, R.Output: Carrier,
    R.Output.Plain == RolledUp<KeyedAlert>
  {
    var (rule, list): (R, [Message]) = (rule, [])
    var now = Instant.epoch
    for (index, moment) in moments.enumerated() {
      now = Instant(nanoseconds: moment.0)
      while let due = rule.expire(at: now) {
        list.append(due.output.unpacked(orStampedAs: Self.unused))
      }
      let envelope = Envelope(moment.1, Stamp(ingested: now, sequence: UInt32(index)))
      guard let output = rule.receive(envelope, at: now).output else { continue }
      list.append(output.unpacked(orStampedAs: Self.unused))
    }
    while let due = rule.finish(at: now) {
      list.append(due.output.unpacked(orStampedAs: Self.unused))
    }
    return list
  }

  @Test func `messages and stamps are those of a rule of envelopes, for each key`() {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let moments = random.moments(60, around: [9]) { $0.keyedAlert() }
      let (count, sample) = (random.pick([1, 2]), random.pick([1, 2, 9]))
      let plain = Rollup<KeyedAlert>(count, per: .nanoseconds(9), sample: sample)
      let whole = Rollup<Envelope<KeyedAlert>>(count, per: .nanoseconds(9), sample: sample)
      let ours = outputs(ByEventKey(StampedRule(plain)), moments)
      let theirs = outputs(ByEventKey(whole), moments)
      expectNoDifference(ours.map(\.value), theirs.map(\.value), "seed \(seed)")
      expectNoDifference(ours.map(\.stamp), theirs.map(\.stamp), "seed \(seed)")
    }
  }
}

import CustomDump
import Testing

@testable import Tocsin

/// What rules make of several envelopes goes on in one, with the stamp of the value that counts.
@Suite struct CarrierTests {
  static let unused = Stamp(ingested: .distantPast, sequence: 0)

  static func envelope(_ number: Int, _ key: Int = 1) -> Envelope<NumberOfKey> {
    let stamp = Stamp(ingested: Instant(nanoseconds: Int64(number * 10)), sequence: UInt32(number))
    return Envelope(NumberOfKey(key: key, number: number), stamp)
  }

  @Test func `a pair has the stamp of its second value`() {
    let pair = Followed(Self.envelope(1), Self.envelope(2), took: .nanoseconds(10))
    let output = pair.unpacked(orStampedAs: Self.unused)
    let plain = Followed(Self.envelope(1).value, Self.envelope(2).value, took: .nanoseconds(10))
    expectNoDifference(output.value, plain)
    expectNoDifference(output.stamp, Self.envelope(2).stamp)
  }

  @Test func `a message for many has the stamp of its last value, and all that it says`() {
    let rule = Rollup<Envelope<NumberOfKey>>(1, per: .nanoseconds(100), sample: 3)
    let moments = (1...6).map { (Int64($0), Self.envelope($0)) }
    var run = rule
    for (time, input) in moments { _ = run.receive(input, at: Instant(nanoseconds: time)) }
    let due = run.expire(at: Instant(nanoseconds: 101))
    let output = due?.output.unpacked(orStampedAs: Self.unused)
    expectNoDifference(output?.stamp, Self.envelope(6).stamp)
    expectNoDifference(output?.value.first.number, 2)
    expectNoDifference(output?.value.last.number, 6)
    expectNoDifference(output?.value.count, 5)
    expectNoDifference(output?.value.sample.map(\.number), [2, 3, 4])
    expectNoDifference(output?.value.start, Instant(nanoseconds: 2))
    expectNoDifference(output?.value.end, Instant(nanoseconds: 101))
  }

  @Test func `a message is about its first value, its phase is that of its last`() throws {
    var rule = Rollup<KeyedAlert>(1, per: .nanoseconds(9), sample: 1)
    let alerts = [
      KeyedAlert(9, .info), KeyedAlert(1, .warning), KeyedAlert(2, .info),
      KeyedAlert(3, .resolved),
    ]
    for alert in alerts { _ = rule.receive(alert, at: .epoch) }
    let message = try #require(rule.finish(at: .epoch)?.output)
    expectNoDifference(message.key, 1)
    expectNoDifference(message.phase, .resolved)
    expectNoDifference(message.worst, .warning)
    expectNoDifference(message.sample.map(\.key), [1, 3])
  }
}

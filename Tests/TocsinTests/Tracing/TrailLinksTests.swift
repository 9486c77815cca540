import CustomDump
import Testing
import Tracing

@testable import Tocsin

@Suite struct TrailLinksTests {
  private func stamp(_ number: Int) -> Stamp {
    Stamp(ingested: Instant(nanoseconds: Int64(number)), sequence: UInt32(number))
  }

  @Test func `the newest 128 others are kept, and all are counted`() {
    for total in [0, 1, 2, 3, 127, 128, 129, 130, 131, 400] {
      var links = TrailLinks()
      for number in 0..<total { links.add(stamp(number)) }
      #expect(links.count == total)
      expectNoDifference(links.stamps, (0..<total).suffix(129).map(stamp))
      for own in Set([0, total / 2, total - 1, total + 5]) where own >= 0 {
        let kept = (0..<total).suffix(129)
        let others = kept.filter { $0 != own }.suffix(128).map(stamp)
        let left = kept.contains(own) ? total - 1 : total
        let found = links.without(stamp(own))
        #expect((found?.count ?? 0) == left, "\(total) without \(own)")
        expectNoDifference(found?.stamps ?? [], left == 0 ? [] : others)
      }
    }
  }

  @Test func `contributors are those of the key, and each are taken once`() {
    for seed in 0..<50 {
      var random = StructureRandom(seed: UInt64(seed))
      var contributors = Contributors()
      var model: [AnyHashable?: [Stamp]] = [:]
      for number in 0..<300 {
        let key: AnyHashable? = random.oneIn(4) ? nil : AnyHashable("key \(random.below(6))")
        if random.oneIn(3) {
          let taken = contributors.take(key: key)
          expectNoDifference(taken?.stamps, model.removeValue(forKey: key))
        } else {
          contributors.add(stamp(number), key: key)
          model[key, default: []].append(stamp(number))
        }
      }
    }
  }

  @Test func `the reasons of all steps are the words of the reason`() {
    for reason in Reason.allCases {
      for (end, name) in [(0, "tocsin.reason"), (7, "tocsin.wait.reason")] {
        let step = RecordedTrace.Step(
          name: "step",
          reason: reason,
          from: .epoch,
          to: Instant(nanoseconds: Int64(end))
        )
        let attributes = StepAttributes.of(step)
        #expect(attributes.count == 1)
        #expect(attributes.get(name) == .string(reason.description))
      }
    }
  }
}

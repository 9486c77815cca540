import CustomDump
import Foundation
import Testing
import Tocsin
@testable import TocsinMonitors

@Suite struct UseTests {
  @Test(arguments: [
    (Share(80, of: 100), UseRatio.value(0.8)),
    (Share(0, of: 100), .value(0)),
    (Share(150, of: 100), .value(1.5)),
    (Share(0, of: 0), .undefined(.maximumNotPositive)),
    (Share(5, of: -1), .undefined(.maximumNotPositive)),
    (Share(5, of: nil), .undefined(.maximumUnknown)),
    (Share(nil, of: 5), .undefined(.currentUnknown)),
    (Share(-1, of: 5), .undefined(.invalid)),
    (Share(.nan, of: 5), .undefined(.invalid)),
    (Share(5, of: .nan), .undefined(.invalid)),
  ])
  func `a share is a number, or says why it is none`(share: Share, ratio: UseRatio) {
    expectNoDifference(share.ratio, ratio)
  }

  @Test func `the worse of notional and count counts, and none is worse than any`() {
    let both = PositionUse(notional: Share(50, of: 100), count: Share(9, of: 10))
    #expect(both.ratio == .value(0.9))
    let unknown = PositionUse(notional: Share(200, of: 100), count: Share(nil, of: 10))
    #expect(unknown.ratio == .undefined(.currentUnknown))
    #expect(PositionUse().ratio == .undefined(.notReported))
  }

  @Test(arguments: [
    ([80], [false]), ([80.1, 76, 75, 80], [true, true, false, false]),
    ([90, 60, 81], [true, false, true]),
  ])
  func `it is degraded above 80 per cent, until it is at 75`(per: [Double], expected: [Bool]) {
    var watch = UseWatch(isExpected: false)
    let came = per.map { percent in
      watch.receive(
        PositionUse(notional: Share(Decimal(percent), of: 100)),
        above: 0.8,
        until: 0.75
      )
      return watch.use.isDegraded
    }
    #expect(came == expected)
  }

  @Test func `an unknown maximum is degraded`() {
    var watch = UseWatch(isExpected: false)
    #expect(!watch.use.isDegraded)
    watch.receive(PositionUse(count: Share(1, of: nil)), above: 0.8, until: 0.75)
    #expect(watch.use.isDegraded)
    #expect(UseWatch(isExpected: true).use.isDegraded)
  }

  @Test func `keys are judged one by one, and too many are counted`() {
    var watch = UseWatch(isExpected: false)
    for number in 0..<10_001 {
      let share = Share(number == 7 ? 99 : 1, of: 100)
      watch.receive(PositionUse(key: "\(number)", notional: share), above: 0.8, until: 0.75)
    }
    #expect(watch.use.degradedKeys == 1)
    #expect(watch.use.refusedKeys == 1)
    #expect(watch.ratio(of: "7") == .value(0.99))
    #expect(watch.ratio(of: "10000") == .undefined(.notReported))
    watch.receive(PositionUse(key: "7", notional: Share(1, of: 100)), above: 0.8, until: 0.75)
    #expect(watch.use.degradedKeys == 0)
  }
}

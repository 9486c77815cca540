import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

/// Flapping, deescalation and closing by silence treat each key as if the others were not there.
@Suite struct AlertKeysApartTests {
  typealias Build = ([Tap<Feed<MarkedAlert>>]) -> Tap<Erased<MarkedAlert>>

  static var chains: [Build] {
    [
      { $0[0].flapping(enter: 3, leave: 2, within: .seconds(6)).plain },
      { $0[0].flapping(enter: 2, leave: 1, within: .seconds(9), settled: .seconds(3)).plain },
      { $0[0].deescalate(after: .seconds(4), to: .warning).plain },
      { $0[0].resolve(after: .seconds(3)).plain },
    ]
  }

  @Test(arguments: 0..<4) func `each key alone gives what it gives among others`(index: Int) {
    for seed in 0..<200 as Range<UInt64> {
      var random = RuleRandom(seed: seed)
      let letters = (0..<40).map { _ in random.pick(Array("wecrrrWECRRR----")) }
      let all = run(letters, index)
      for key in [1, 2] {
        let own = run(letters.map { $0 == "-" || MarkedAlert($0).key == key ? $0 : "-" }, index)
        expectNoDifference(all.filter { $0.key == key }, own, "seed \(seed)")
      }
      #expect(!all.isEmpty, "seed \(seed)")
    }
  }

  private func run(_ letters: [Character], _ index: Int) -> [KeyedText] {
    var texts: [KeyedText] = []
    let bench = Bench<MarkedAlert, MarkedAlert>(Self.chains[index])
    bench.probe.onValue = {
      texts.append(KeyedText($0.key, "\(bench.lane.now.milliseconds) \($0)"))
    }
    for (tick, letter) in letters.enumerated() where letter != "-" {
      bench.at(second: tick) { bench.feeds[0].send(MarkedAlert(letter)) }
    }
    bench.at(second: 60) { bench.feeds[0].finish() }
    expectNoDifference(bench.breaches(isDone: true), [])
    return texts
  }
}

extension Tap where Upstream.Output == MarkedAlert {
  fileprivate var plain: Tap<Erased<MarkedAlert>> { asErased }
}

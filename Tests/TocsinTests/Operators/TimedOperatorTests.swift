import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct TimedOperatorTests {
  @Test func `debounce lets the last value of a burst through when it is quiet`() {
    let bench = expectMarbles("a-b-c-----d---|", as: letter, gives: "-------c-----d|") {
      $0[0].debounce(asOne: .seconds(3))
    }
    expectNoDifference(bench.node("debounce")?.dropsByReason, [.superseded: 2])
  }

  @Test func `debounce delivers what is pending before the end`() {
    expectMarbles("a-b-c-----d--|", as: letter, gives: "-------c-----(d|)") {
      $0[0].debounce(asOne: .seconds(3))
    }
  }

  @Test func `debounce with the leading edge lets the first value through, with both both`() {
    expectMarbles("a-b-c-------d--|", as: letter, gives: "a-----------d--|") {
      $0[0].debounce(asOne: .seconds(3), .leading)
    }
    expectMarbles("a-b-c-------d--|", as: letter, gives: "a------c----d--|") {
      $0[0].debounce(asOne: .seconds(3), .both)
    }
  }

  @Test func `debounce waits no longer than it may`() {
    expectMarbles("a-b-c-d-e-f-g----|", as: letter, gives: "-----c-----f---g-|") {
      $0[0].debounce(asOne: .seconds(3), maxWait: .seconds(5))
    }
  }

  @Test func `debounce treats every key by itself`() {
    expectMarbles("a-B-A-------|", as: Item.init, gives: "---a-B-A----|") {
      $0[0].debounce(.seconds(3))
    }
    expectMarbles("aaBabaAbBA--|", as: Item.init, gives: "-------b-A-B(A|)") {
      $0[0].debounce(.seconds(3))
    }
  }

  @Test func `a cancelled debounce delivers nothing and leaves no timer`() {
    expectMarbles("a-b---------|", as: letter, cancelAfter: 3, gives: "-------------") {
      $0[0].debounce(asOne: .seconds(3))
    }
    expectMarbles("a-b---------|", as: Item.init, cancelAfter: 3, gives: "---a---------") {
      $0[0].debounce(.seconds(3))
    }
  }

  @Test func `hold fires by timer and resolves when the condition is gone`() {
    expectMarbles("--TttTTTTTxx-t-|", as: Item.init, gives: "--------F-R----|") { taps in
      taps[0].map(to: String.self) { $0.mark }.hold(asOneFor: .seconds(3)) { $0 == "T" }
    }
    expectMarbles("t---x-tx----t-|", as: letter, gives: "---F-------R--|") {
      $0[0].hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
  }

  @Test func `hold treats every key by itself`() {
    expectMarbles("AB--b-a----|", as: Item.init, gives: "---F(FR)-R----|") {
      $0[0].hold(for: .seconds(3)) { $0.isUpper }
    }
  }

  @Test func `hold resolves a kept signal at the end`() {
    expectMarbles("t---x|", as: letter, gives: "---F-(R|)") {
      $0[0].hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
    expectMarbles("t---x----", as: letter, cancelAfter: 5, gives: "---F-----") {
      $0[0].hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
  }

  @Test func `absence fires when nothing comes and resolves with the next value`() {
    expectMarbles("a-a-------a-----|", as: letter, gives: "------F---R---F-|") {
      $0[0].absence(asOneOf: .seconds(4))
    }
    expectMarbles("ab-b-b----a-----|", as: Item.init, gives: "----F----FR---F-|") {
      $0[0].absence(of: .seconds(4))
    }
    expectMarbles("a-----------", as: letter, cancelAfter: 2, gives: "------------") {
      $0[0].absence(asOneOf: .seconds(4))
    }
  }

  @Test func `an armed absence fires for a source that never speaks`() {
    expectMarbles("----------v-----|", as: letter, gives: "----F-----R---F-|") {
      $0[0].timed(Absence(.seconds(4)).armed(at: .epoch))
    }
  }

  @Test func `window sums what follows each other`() {
    let sum: @Sendable (inout Int, Int) -> Void = { $0 += $1 }
    let digit: (Character) -> Int = { $0.wholeNumberValue ?? 0 }
    expectMarbles("1-2-3---4-5----|", as: digit, gives: "----3---3---9--|") {
      $0[0].window(.seconds(4), into: 0, sum)
    }
    expectMarbles("1-2-3---4-|", as: digit, gives: "----3---3-(4|)") {
      $0[0].window(.seconds(4), into: 0, sum)
    }
    expectMarbles("1-2-3---4-5----|", as: digit, gives: "--3-----7------(5|)") {
      $0[0].window(.seconds(99), atMost: 2, into: 0, sum)
    }
    expectMarbles("1-2-3---4-5----|", as: digit, gives: "--<12>-----<34>------(5|)") {
      $0[0].window(count: 2)
    }
    expectMarbles("1-2-3-------", as: digit, cancelAfter: 4, gives: "----3-------") {
      $0[0].window(.seconds(4), into: 0, sum)
    }
  }

  @Test func `a sliding window gives the last values again and again`() {
    let bench = expectMarbles("a-b--------c-|", as: letter, gives: "--a-<ab>-b------(c|)") {
      $0[0].window(sliding: .seconds(4), every: .seconds(2))
    }
    expectNoDifference(bench.node("window")?.made, 4)
    expectMarbles("a-b--------c-|", as: letter, cancelAfter: 3, gives: "--a-----------") {
      $0[0].window(sliding: .seconds(4), every: .seconds(2))
    }
  }
}

import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct TimedOperatorTests {
  @Test func `debounce lets the last value of a burst through when it is quiet`() throws {
    let run = try rehearse("a . b . c . . . . . d . . . |") {
      $0.debounce(asOne: .seconds(3))
    }
    run.expect(marbles: ". . . . . . . c . . . . . d |")
    expectNoDifference(try run.books(of: "debounce").dropped, [.superseded: 2])
  }

  @Test func `debounce delivers what is pending before the end`() throws {
    try rehearse("a . b . c . . . . . d . . |") {
      $0.debounce(asOne: .seconds(3))
    }
    .expect(marbles: ". . . . . . . c . . . . . (d |)")
  }

  @Test func `debounce with the leading edge lets the first value through, with both both`() throws
  {
    try rehearse("a . b . c . . . . . . . d . . |") {
      $0.debounce(asOne: .seconds(3), .leading)
    }
    .expect(marbles: "a 11s d . . |")
    try rehearse("a . b . c . . . . . . . d . . |") {
      $0.debounce(asOne: .seconds(3), .both)
    }
    .expect(marbles: "a . . . . . . c . . . . d . . |")
  }

  @Test func `debounce waits no longer than it may`() throws {
    try rehearse("a . b . c . d . e . f . g . . . . |") {
      $0.debounce(asOne: .seconds(3), maxWait: .seconds(5))
    }
    .expect(marbles: ". . . . . c . . . . . f . . . g . |")
  }

  @Test func `debounce treats every key by itself`() throws {
    try rehearse("a . B . A . . . . . . . |", of: Item.self) {
      $0.debounce(.seconds(3))
    }
    .expect(marbles: ". . . a . B . A . . . . |")
    try rehearse("a a B a b a A b B A . . |", of: Item.self) {
      $0.debounce(.seconds(3))
    }
    .expect(marbles: ". . . . . . . b . A . B (A |)")
  }

  @Test func `a cancelled debounce delivers nothing and leaves no timer`() throws {
    try rehearse("a . b ! . . . . . . . . |") {
      $0.debounce(asOne: .seconds(3))
    }
    .expect(marbles: ".")
    try rehearse("a . b ! . . . . . . . . |", of: Item.self) {
      $0.debounce(.seconds(3))
    }
    .expect(marbles: ". . . a")
  }

  @Test func `hold fires by timer and resolves when the condition is gone`() throws {
    try rehearse(". . T t t T T T T T x x . t . |", of: Item.self) { tap in
      tap.map(to: String.self) { $0.description }.hold(asOneFor: .seconds(3)) { $0 == "T" }
    }
    .marks.expect(marbles: ". . . . . . . . F . R . . . . |")
    try rehearse("t . . . x . t x . . . . t . |") {
      $0.hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
    .marks.expect(marbles: ". . . F . . . . . . . R . . |")
  }

  @Test func `hold treats every key by itself`() throws {
    try rehearse("A B . . b . a . . . . |", of: Item.self) {
      $0.hold(for: .seconds(3)) { $0.isUpper }
    }
    .marks.expect(marbles: ". . . F (F R) . R . . . . |")
  }

  @Test func `hold resolves a kept signal at the end`() throws {
    try rehearse("t . . . x |") {
      $0.hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
    .marks.expect(marbles: ". . . F . (R |)")
    try rehearse("t . . . x !") {
      $0.hold(asOneFor: .seconds(3), keepFiring: .seconds(4)) { $0 == "t" }
    }
    .marks.expect(marbles: ". . . F")
  }

  @Test func `absence fires when nothing comes and resolves with the next value`() throws {
    try rehearse("a . a . . . . . . . a . . . . . |") {
      $0.absence(asOneOf: .seconds(4))
    }
    .marks.expect(marbles: ". . . . . . F . . . R . . . F . |")
    try rehearse("a b . b . b . . . . a . . . . . |", of: Item.self) {
      $0.absence(of: .seconds(4))
    }
    .marks.expect(marbles: ". . . . F . . . . F R . . . F . |")
    try rehearse("a . !") {
      $0.absence(asOneOf: .seconds(4))
    }
    .marks.expect(marbles: ".")
  }

  @Test func `an armed absence fires for a source that never speaks`() throws {
    try rehearse("10s v . . . . . |") {
      $0.timed(Absence(.seconds(4)).armed(at: .epoch))
    }
    .marks.expect(marbles: ". . . . F . . . . . R . . . F . |")
  }

  @Test func `window sums what follows each other`() throws {
    let sum: @Sendable (inout Int, Int) -> Void = { $0 += $1 }
    try rehearse("1 . 2 . 3 . . . 4 . 5 . . . . |", of: Int.self) {
      $0.window(.seconds(4), into: 0, sum)
    }
    .marks.expect(marbles: ". . . . 3 . . . 3 . . . 9 . . |")
    try rehearse("1 . 2 . 3 . . . 4 . |", of: Int.self) {
      $0.window(.seconds(4), into: 0, sum)
    }
    .marks.expect(marbles: ". . . . 3 . . . 3 . (4 |)")
    try rehearse("1 . 2 . 3 . . . 4 . 5 . . . . |", of: Int.self) {
      $0.window(.seconds(99), atMost: 2, into: 0, sum)
    }
    .marks.expect(marbles: ". . 3 . . . . . 7 . . . . . . (5 |)")
    try rehearse("1 . 2 . 3 . . . 4 . 5 . . . . |", of: Int.self) {
      $0.window(count: 2)
    }
    .marks.expect(marbles: ". . 12 . . . . . 34 . . . . . . (5 |)")
    try rehearse("1 . 2 . (3 !)", of: Int.self) {
      $0.window(.seconds(4), into: 0, sum)
    }
    .marks.expect(marbles: ". . . . 3")
  }

  @Test func `a sliding window gives the last values again and again`() throws {
    let run = try rehearse("a . b . . . . . . . . c . |") {
      $0.window(sliding: .seconds(4), every: .seconds(2))
    }
    run.marks.expect(marbles: ". . a . ab . b . . . . . . (c |)")
    expectNoDifference(try run.books(of: "window").made, 4)
    try rehearse("a . b ! . . . . . . . c . |") {
      $0.window(sliding: .seconds(4), every: .seconds(2))
    }
    .marks.expect(marbles: ". . a")
  }
}

import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct MarbleErrorTests {
  static let values = ["hi": 20, "lo": 5, "h": 1, "i": 2]

  @Test(arguments: [
    ("a . hii |", 0, "\"a\" is not a known value. Did you mean \"h\"? Known: h, hi, i, lo."),
    ("hi . hii |", 5, "\"hii\" is not a known value. Did you mean \"hi\"? Known: h, hi, i, lo."),
    ("hi something", 3, "\"something\" is not a known value. Known: h, hi, i, lo."),
    ("hi (lo hi", 3, "This group has no end. Add `)`."),
    ("hi ) lo", 3, "This `)` closes no group. Add `(`, or leave it out."),
    ("(lo (hi))", 4, "A group within a group. Everything in a group is one column already."),
    ("hi () lo", 3, "This group is empty. Write `.` for a column in which nothing happens."),
    (
      "(hi 5m lo)", 4,
      "\"5m\" lets time pass, and a group is one column. Put it in front of the group or behind it."
    ),
    (
      "(hi .)", 4,
      "\".\" lets time pass, and a group is one column. Put it in front of the group or behind it."
    ),
    (
      "lo (hi)", 4,
      "(hi) may be the value \"hi\" or the values \"h\", \"i\". Put blanks between the values, or "
        + "leave the parentheses out."
    ),
    ("lo 'hi", 3, "This quote has no end. Add `'`."),
    ("^ lo ^", 5, "A second `^`. One subscription is what offsets count from."),
    (
      "lo | hi", 5,
      "\"hi\" comes after the end of the stream. Only `.`, a duration and `!` can."
    ),
    ("lo # |", 5, "\"|\" comes after the end of the stream. Only `.`, a duration and `!` can."),
    ("lo 0.5ns", 3, "\"0.5ns\" is not a duration: it is finer than a nanosecond or does not fit."),
    (
      "999999999d lo", 0,
      "\"999999999d\" is not a duration: it is finer than a nanosecond or does not fit."
    ),
  ])
  func `points at what is wrong`(_ text: String, _ index: Int, _ words: String) {
    let error = #expect(throws: MarbleError.self) {
      try EventTimeline(marbles: text, Self.values)
    }
    let caret = String(repeating: " ", count: index) + "^"
    expectNoDifference(
      error?.description,
      "Marbles, character \(index + 1): \(words)\n    \(text)\n    \(caret)"
    )
  }

  @Test func `points at a letter of a group`() {
    let error = #expect(throws: MarbleError.self) { try EventTimeline(marbles: "(hx)", ["h": 1]) }
    #expect(error?.index == 2)
    #expect(error?.problem == .unknownName("x", known: ["h"]))
  }

  @Test func `says when nothing is known, and when values have no list`() {
    let none = #expect(throws: MarbleError.self) {
      try EventTimeline<Int>(marbles: "x", [:])
    }
    #expect(none?.problem.words == "\"x\" is not a known value. There are none.")
    let open = #expect(throws: MarbleError.self) { try EventTimeline<Int>(marbles: "x") }
    #expect(open?.problem.words == "\"x\" is no value here.")
  }

  @Test(arguments: [
    ("5m", "\"5m\" cannot name a value: it reads as a duration. Give the value another name."),
    (
      "|",
      "\"|\" cannot name a value: it has a meaning of its own in marbles. Give the value another "
        + "name."
    ),
    ("", "\"\" cannot name a value: it is empty. Give the value another name."),
  ])
  func `refuses names that could not be read`(_ name: String, _ words: String) {
    let error = #expect(throws: MarbleError.self) { try EventTimeline(marbles: "a", [name: 1]) }
    #expect(error?.problem.words == words)
  }

  @Test func `refuses a tick of nothing`() {
    let error = #expect(throws: MarbleError.self) {
      try EventTimeline<Int>(marbles: "1", tick: .zero)
    }
    #expect(error?.problem.words == "The tick must be longer than zero.")
  }
}

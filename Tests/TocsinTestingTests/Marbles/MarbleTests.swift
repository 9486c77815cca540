import CustomDump
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct MarbleTests {
  func lines(_ text: String, tick: Duration = .seconds(1)) throws -> [String] {
    try EventTimeline<String>(marbles: text, tick: tick).moments.map(\.description)
  }

  @Test(arguments: [
    ("", []),
    (". . .", []),
    ("a . b |", ["0s  \"a\"", "2s  \"b\"", "3s  end"]),
    ("  a   .b c", ["0s  \"a\"", "1s  \".b\"", "2s  \"c\""]),
    (". (a b) c", ["1s  \"a\"", "1s  \"b\"", "2s  \"c\""]),
    (". (ab) c", ["1s  \"a\"", "1s  \"b\"", "2s  \"c\""]),
    ("(ab|)", ["0s  \"a\"", "0s  \"b\"", "0s  end"]),
    ("(ab cd |)", ["0s  \"ab\"", "0s  \"cd\"", "0s  end"]),
    ("a(b c)d", ["0s  \"a\"", "1s  \"b\"", "1s  \"c\"", "2s  \"d\""]),
    ("a 5m b", ["0s  \"a\"", "5m1s  \"b\""]),
    ("5m b", ["5m  \"b\""]),
    ("1.5s b 300ms c", ["1.5s  \"b\"", "2.8s  \"c\""]),
    ("2m5s b", ["2m5s  \"b\""]),
    ("'5m' 'a b' '.'", ["0s  \"5m\"", "1s  \"a b\"", "2s  \".\""]),
    ("a #", ["0s  \"a\"", "1s  failure: #"]),
    ("a ! .", ["0s  \"a\"", "1s  cancel"]),
    ("a b ^ c", ["-2s  \"a\"", "-1s  \"b\"", "0s  subscribe", "1s  \"c\""]),
    (". (^ c)", ["0s  subscribe", "0s  \"c\""]),
    ("?2 a ?", ["0s  asks for 2", "1s  \"a\"", "2s  asks for all"]),
    ("5 10", ["0s  \"5\"", "1s  \"10\""]),
    ("| !", ["0s  end", "1s  cancel"]),
  ])
  func `reads`(_ text: String, _ moments: [String]) throws {
    expectNoDifference(try lines(text), moments)
  }

  @Test func `values have names, are made by a closure, or stand for themselves`() throws {
    let named = try EventTimeline(marbles: "hi (hi lo)", ["hi": 20, "lo": 5])
    #expect(named.values == [20, 20, 5])
    let made = try EventTimeline<Int>(marbles: "a bb", tick: .milliseconds(1)) { $0.count }
    #expect(
      made.moments == [Moment(.value(1), at: .zero), Moment(.value(2), at: .milliseconds(1))]
    )
    #expect(try EventTimeline<Int>(marbles: "7 (12) (10 20)").values == [7, 1, 2, 10, 20])
    #expect(try EventTimeline<Character>(marbles: "a b").values == ["a", "b"])
    #expect(try EventTimeline<Double>(marbles: "1.5 -2").values == [1.5, -2])
  }

  @Test func `a group without blanks is a name where there is one`() throws {
    #expect(try EventTimeline(marbles: "(ab)", ["ab": 1]).values == [1])
    #expect(try EventTimeline(marbles: "(ab)", ["a": 1, "b": 2]).values == [1, 2])
  }

  @Test func `dots at the end say how far nothing happens`() throws {
    #expect(try EventTimeline<String>(marbles: "a . . .").horizon == .seconds(3))
    #expect(try EventTimeline<String>(marbles: "^ a 5m").horizon == .seconds(302))
    #expect(try EventTimeline<String>(marbles: "a").horizon == nil)
  }

  @Test func `a literal carries what is wrong with it to the rehearsal`() {
    let timeline = EventTimeline<Int>.marbles("1 x")
    #expect(timeline.moments == [])
    expectNoDifference(
      timeline.mistakes,
      [
        """
        Marbles, character 3: "x" is no value here.
            1 x
              ^
        """
      ]
    )
  }
}

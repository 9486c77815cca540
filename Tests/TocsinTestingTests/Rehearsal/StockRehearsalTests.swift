import CustomDump
import OpenCombine
import Testing
import Tocsin

@testable import TocsinTesting

@Suite struct StockRehearsalTests {
  @Test func `a stock publisher fails in virtual time`() throws {
    let run = try rehearse(stock: "a . b #") { source, _ in source.map { $0 + "!" } }
    run.expect {
      At(.zero) { "a!" }
      At(.seconds(2)) { "b!" }
      Fail(at: .seconds(3), "#")
    }
  }

  @Test func `time operators take the scheduler of the lane`() throws {
    let run = try rehearse(stock: "a b . . . c |") { source, scheduler in
      source.debounce(for: .seconds(2), scheduler: scheduler)
    }
    #expect(run.output.moments.first == Moment(.value("b"), at: .seconds(3)))
  }

  @Test func `a failure that is caught is a value`() throws {
    let run = try rehearse(stock: "a . #") { source, _ in
      source.catch { Just("lost: \($0)") }
    }
    run.expect(marbles: "a . ('lost: #' |)")
  }

  @Test func `a cancel and a demand reach the source`() throws {
    let run = try rehearse(stock: "(?1 a) b ?1 c ! d") { source, _ in source }
    run.expect(marbles: "a . . c")
  }
}

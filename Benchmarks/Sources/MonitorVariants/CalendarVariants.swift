import Harness
import ReferenceGraph
import Tocsin
import TocsinMonitors

/// Questions to a calendar. One operation is one question.
enum CalendarVariants {
  static var all: [Variant] {
    [
      questions("mon-calendar", "whether New York is open, within one trading day", step: 1),
      questions("mon-calendar-days", "the same, each on another day", step: 86_400_000_000_000),
    ]
  }

  private static func questions(_ name: String, _ summary: String, step: Int64) -> Variant {
    Variant(name, summary, in: .monitors, family: name) { workload in
      let calendar = try TradingCalendar.usEquities()
      let start = calendar.nextOpening(Instant(nanoseconds: 1_000_000_000_000_000_000))
      // The days begin again after 20,000, so that they stay within the years of the calendar.
      let count = workload.events.count
      return Run(steady: count) {
        var cursor = CalendarCursor(calendar, at: start)
        return {
          var outcome = Outcome()
          for number in 0..<Int64(count) {
            let instant = start.advanced(byNanoseconds: number % 20_000 * step)
            outcome.info &+= cursor.isOpen(at: instant) ? 1 : 0
          }
          return outcome
        }
      }
    }
  }
}

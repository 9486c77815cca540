import Testing
import TocsinTesting

/// A schedule is a value that reads back what it prints.
@Suite struct ScheduleTextTests {
  @Test(arguments: [
    (Schedule.inOrder, "in order"), (.decided([]), "in order"), (.seeded(17), "seed 17"),
    (.seeded(17, .uniform), "seed 17 uniform"),
    (
      .seeded(.max, .priorities(changes: 2), length: 60),
      "seed \(UInt64.max) priorities 2 length 60"
    ),
    (.seeded(3, .delays(1)), "seed 3 delays 1"), (.seeded(3, length: 9), "seed 3 length 9"),
    (
      .decided([Decision(step: 40, .hold), Decision(step: 23, .run(1))]), "23:1 40:hold"
    ),
  ])
  func `prints and reads back`(schedule: Schedule, text: String) {
    #expect(schedule.description == text)
    #expect(Schedule(text) == schedule)
  }

  @Test(arguments: [
    "", "seed", "seed x", "seed 1 length", "seed 1 length 0", "seed 1 priorities", "1:", ":1",
    "0:1",
    "1:-1", "1:held", "1:1 x", "in", "seed 1 uniform 2", "seed 1 delays -1",
  ])
  func `refuses anything else`(text: String) {
    #expect(Schedule(text) == nil)
  }
}

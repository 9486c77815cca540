import CustomDump
import Testing
import Tocsin
import TocsinMonitors

@Suite struct WatchHoursTests {
  private let day = 86_400.0

  @Test(
    arguments: [
      // 1970-01-01 is a Thursday; hours are 9 to 17.
      (0, 9), (9, 9), (12.5, 12.5), (16.999, 16.999), (17, 24 + 9), (24 + 17, 96 + 9),
      (48 + 10, 96 + 9), (-1, 9), (-24 + 10, -24 + 10),
    ] as [(Double, Double)]
  )
  func `daily hours open at the next working day's hour`(hour: Double, opening: Double) {
    let hours = WatchHours.daily(.hours(9)..<(.hours(17)))
    expectNoDifference(hours.nextOpening(at(hour * 3_600)), at(opening * 3_600))
  }

  @Test func `sessions open where the list says, and then never again`() {
    let hours = WatchHours.sessions([at(10)..<at(20), at(30)..<at(40)])
    let asked = [0, 10, 15, 20, 29, 30, 39, 40, 50].map { hours.nextOpening(at($0)) }
    let end = Instant.distantFuture
    expectNoDifference(
      asked,
      [at(10), at(10), at(15), at(30), at(30), at(30), at(39), end, end]
    )
  }

  @Test func `hours without a trading day never open`() {
    let hours = WatchHours.daily(.hours(9)..<(.hours(17))) { _ in false }
    #expect(hours.nextOpening(.epoch) == .distantFuture)
    #expect(!hours.contains(.epoch))
  }
}

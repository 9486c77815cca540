import CustomDump
import Testing
import Tocsin

@testable import TocsinMonitors

struct HealthBookTests {
  private func change(_ name: String, _ status: HealthStatus) -> HealthTransition {
    HealthTransition(component: name, from: .healthy, to: status, reason: "\(status)")
  }

  private func words(_ transition: HealthTransition?) -> String {
    transition.map { "\($0.component) \($0.from)-\($0.to)" } ?? "-"
  }

  @Test func `tells changes and keeps the worst that any check says`() {
    var book = HealthBook()
    let told = [
      book.take(change("a", .degraded), from: 0, at: at(1)),
      book.take(change("a", .unhealthy), from: 1, at: at(2)),
      book.take(change("a", .degraded), from: 0, at: at(3)),
      book.take(change("a", .healthy), from: 1, at: at(4)),
      book.take(change("a", .healthy), from: 0, at: at(5)),
    ].map(words)
    let expected = ["a healthy-degraded", "a degraded-unhealthy", "-", "a unhealthy-degraded"]
    expectNoDifference(told, expected + ["a degraded-healthy"])
    #expect(book.history.count == 4)
  }

  @Test func `remembers a thousand changes and says how everything is`() {
    var book = HealthBook()
    for second in 0..<1_200 {
      let status: HealthStatus = second % 2 == 0 ? .unhealthy : .healthy
      _ = book.take(change("b", status), from: 0, at: at(Double(second)))
    }
    _ = book.take(change("a", .degraded), from: 0, at: at(2_000))
    #expect(book.history.count == 1_000)
    #expect(book.history.last?.instant == at(2_000))
    let report = book.report(at: at(2_001))
    expectNoDifference(report.components.map(\.name), ["a", "b"])
    #expect(report.overall == .degraded && book.overall == .degraded)
    #expect(report.components.first?.since == at(2_000))
    #expect(report.components.first?.reason == "degraded")
  }

  @Test func `tells nothing in a maintenance but the end of what was told before`() {
    var book = HealthBook()
    _ = book.take(change("X/A", .unhealthy), from: 0, at: at(0))
    book.mute("X", because: "upgrade")
    let told = [
      book.take(change("X/A", .healthy), from: 0, at: at(1)),
      book.take(change("X/B", .unhealthy), from: 0, at: at(2)),
      book.take(change("X/B", .healthy), from: 0, at: at(3)),
      book.take(change("X link", .unhealthy), from: 0, at: at(4)),
      book.take(change("XY/A", .unhealthy), from: 0, at: at(5)),
    ].map(words)
    expectNoDifference(told, ["X/A unhealthy-healthy", "-", "-", "-", "XY/A healthy-unhealthy"])
    #expect(book.status(of: "X link") == .unhealthy)
    expectNoDifference(
      book.history.map(\.event.mutedBecause),
      [nil, nil, "upgrade", "upgrade", "upgrade", nil]
    )
    let link = book.report(at: at(6)).components.first { $0.name == "X link" }
    #expect(link?.mutedBecause == "upgrade")
  }

  @Test func `an end in a maintenance is told, however it came about`() {
    var book = HealthBook()
    _ = book.take(change("a", .unhealthy), from: 0, at: at(0))
    book.mute("a", because: "upgrade")
    let told = [
      book.take(change("a", .degraded), from: 0, at: at(1)),
      book.take(change("a", .healthy), from: 0, at: at(2)),
    ].map(words)
    expectNoDifference(told, ["-", "a unhealthy-healthy"])
    expectNoDifference(book.unmute("a", at: at(3)), [])
  }

  @Test func `a maintenance does not make the whole look better than it is`() {
    var book = HealthBook()
    book.mute("a", because: "upgrade")
    _ = book.take(change("a", .unhealthy), from: 0, at: at(1))
    _ = book.take(change("b", .degraded), from: 0, at: at(2))
    #expect(book.report(at: at(3)).overall == .unhealthy && book.overall == .unhealthy)
  }

  @Test func `what became worse in a maintenance is told at its end`() {
    var book = HealthBook()
    _ = book.take(change("a", .degraded), from: 0, at: at(0))
    book.mute("a", because: "upgrade")
    #expect(book.take(change("a", .unhealthy), from: 0, at: at(1)) == nil)
    expectNoDifference(book.unmute("a", at: at(2)).map(words), ["a degraded-unhealthy"])
  }

  @Test func `tells at the end of a maintenance what is still wrong`() {
    var book = HealthBook()
    book.mute("a", because: "upgrade")
    _ = book.take(change("a", .unhealthy), from: 0, at: at(1))
    let told = book.unmute("a", at: at(2))
    expectNoDifference(told.map(words), ["a healthy-unhealthy"])
    #expect(told.first?.reason == "unhealthy (since the maintenance “upgrade”)")
    #expect(words(book.take(change("a", .healthy), from: 0, at: at(3))) == "a unhealthy-healthy")
    expectNoDifference(book.unmute("a", at: at(4)), [])
  }

  @Test func `tells back a component that is removed`() {
    var book = HealthBook()
    _ = book.take(change("a", .unhealthy), from: 0, at: at(1))
    #expect(words(book.remove("a", at: at(2))) == "a unhealthy-healthy")
    #expect(book.status(of: "a") == nil && book.count == 0)
    #expect(book.remove("a", at: at(3)) == nil)
  }

  @Test func `what is told and what is known end equal, over random changes and maintenances`() {
    for seed in 0..<300 {
      var random = MonitorRandom(seed: seed)
      var book = HealthBook()
      var told: [String: HealthStatus] = [:]
      func note(_ transitions: [HealthTransition]) {
        for transition in transitions {
          #expect(told[transition.component, default: .healthy] == transition.from, "seed \(seed)")
          told[transition.component] = transition.to
        }
      }
      for step in 0..<100 {
        let name = "\(random.below(3))"
        let now = at(Double(step))
        switch random.below(6) {
        case 0: book.mute(name, because: "work")
        case 1: note(book.unmute(name, at: now))
        default:
          let status = HealthStatus.allCases[random.below(3)]
          note([book.take(change(name, status), from: random.below(2), at: now)].compactMap(\.self))
        }
      }
      for name in ["0", "1", "2"] { note(book.unmute(name, at: at(200))) }
      let known = book.statuses.filter { $0.value != .healthy }
      expectNoDifference(told.filter { $0.value != .healthy }, known, "seed \(seed)")
    }
  }
}

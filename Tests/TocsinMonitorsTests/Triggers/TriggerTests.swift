import CustomDump
import Testing
import Tocsin
@testable import TocsinMonitors

@Suite struct TriggerTests {
  private func reading(_ number: Double?, _ subject: String = "") -> Trigger.Input {
    .reading(TriggerReading(number, about: subject, words: "It is."))
  }

  private func phases(_ verdict: Verdict<[Alert]>) -> [Phase] { verdict.output?.map(\.phase) ?? [] }

  @Test func `it fires from the threshold on, at every reading, and resolves once`() {
    var rule = Trigger("t", .warning, .from(5))
    let came = [4.99, 5, 7, 4.99, 4].map { phases(rule.receive(reading($0), at: at(1))) }
    expectNoDifference(came, [[], [.firing], [.firing], [.resolved], []])
  }

  @Test func `it fires below the threshold, not at it`() {
    var rule = Trigger("t", .warning, .below(0.3))
    let came = [0.3, 0.299, 0.3].map { phases(rule.receive(reading($0), at: at(1))) }
    expectNoDifference(came, [[], [.firing], [.resolved]])
  }

  @Test(arguments: [nil, Double.nan, .infinity, -.infinity])
  func `what is undefined neither fires nor resolves, unless that is wanted`(number: Double?) {
    var rule = Trigger("t", .warning, .from(5))
    #expect(phases(rule.receive(reading(number), at: at(1))) == [])
    _ = rule.receive(reading(6), at: at(2))
    #expect(phases(rule.receive(reading(number), at: at(3))) == [])
    #expect(phases(rule.receive(reading(1), at: at(4))) == [.resolved])
    var strict = Trigger("t", .warning, .from(5).whenUndefined(.fire))
    #expect(phases(strict.receive(reading(number), at: at(1))) == [.firing])
    #expect(phases(strict.receive(reading(1), at: at(2))) == [.resolved])
  }

  @Test func `new settings judge the last reading of every subject again`() {
    var rule = Trigger("t", .warning, .from(5))
    for (number, subject) in [(6.0, "b"), (4, "a"), (1, "c")] {
      _ = rule.receive(reading(number, subject), at: at(1))
    }
    let lower = rule.receive(.settings(.from(3)), at: at(2)).output ?? []
    expectNoDifference(lower.map { "\($0.key) \($0.phase)" }, ["t(a) firing", "t(b) firing"])
    var off = TriggerSettings.from(3)
    off.isEnabled = false
    let closed = rule.receive(.settings(off), at: at(3)).output ?? []
    expectNoDifference(closed.map { "\($0.key) \($0.phase)" }, ["t(a) resolved", "t(b) resolved"])
    #expect(closed[0].message == "It is. The trigger was switched off.")
    #expect(phases(rule.receive(reading(9, "a"), at: at(4))) == [])
    let on = rule.receive(.settings(.from(3)), at: at(5)).output ?? []
    expectNoDifference(on.map { "\($0.key) \($0.phase)" }, ["t(a) firing", "t(b) firing"])
    #expect(on[0].message == "It is. Fires from 3.0.")
  }

  @Test func `a thousand subjects are judged, more are refused`() {
    var rule = Trigger("t", .warning, .from(5))
    for number in 0..<1_000 { _ = rule.receive(reading(6, "\(number)"), at: at(1)) }
    #expect(rule.receive(reading(6, "1000"), at: at(1)).reason == .keyLimit)
    #expect(phases(rule.receive(reading(1, "7"), at: at(1))) == [.resolved])
  }

  @Test func `whatever comes, firing and resolved agree with a plain model`() {
    for seed in 0..<500 {
      var random = MonitorRandom(seed: seed)
      var rule = Trigger("t", .warning, .from(5))
      var (settings, last) = (TriggerSettings.from(5), Double?.none)
      var (hasReading, model, told) = (false, false, false)
      for _ in 0..<100 {
        let input: Trigger.Input
        if random.below(4) == 0 {
          settings.threshold = Double(random.below(10))
          settings.isEnabled = random.below(3) > 0
          input = .settings(settings)
        } else {
          last = random.below(5) == 0 ? nil : Double(random.below(10))
          hasReading = true
          input = reading(last)
        }
        if !settings.isEnabled {
          model = false
        } else if hasReading, let last {
          model = last >= settings.threshold
        }
        for alert in rule.receive(input, at: at(1)).output ?? [] {
          #expect(alert.phase == .firing || told, "seed \(seed)")
          told = alert.phase == .firing
        }
        #expect(told == model, "seed \(seed)")
      }
    }
  }
}

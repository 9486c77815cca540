import CustomDump
import Foundation
import Testing
import Tocsin
import TocsinMonitors

@Suite struct KillSwitchTests {
  private let drift = SafetyCause(.drift, "AAPL")

  private func halt(_ cause: SafetyCause = SafetyCause(.person, "Ada")) -> KillSwitch.Input {
    .demand(SafetyDemand(.halted, cause, because: "why"))
  }

  private func reset(
    to mode: SafetyMode = .active,
    by person: String = "Ada",
    because reason: String = "mended",
    forced: Bool = false
  ) -> KillSwitch.Input {
    .reset(SafetyReset(to: mode, by: person, because: reason, isForced: forced))
  }

  @Test(arguments: SafetyMode.allCases, SafetyMode.allCases)
  func `a demand makes it stricter or does nothing`(from: SafetyMode, to: SafetyMode) {
    var rule = KillSwitch()
    let cause = SafetyCause(.program, "p")
    _ = rule.receive(.demand(SafetyDemand(from, cause, because: "first")), at: at(1))
    _ = rule.receive(.demand(SafetyDemand(to, cause, because: "second")), at: at(2))
    #expect(rule.mode == max(from, to))
  }

  @Test func `a change says what, why, when and which one it is`() {
    var rule = KillSwitch()
    let verdict = rule.receive(halt(drift), at: at(7))
    let change = SafetyChange(
      sequence: 1,
      instant: at(7),
      from: .active,
      to: .halted,
      cause: drift,
      reason: "why"
    )
    expectNoDifference(verdict, .pass(.changed(change), .moreSevere))
    #expect(
      change.alert.message == "Trading went from active to halted, drift(AAPL): why"
    )
    #expect(change.alert.severity == .critical)
  }

  @Test func `a reset is refused while a cause holds, and accepted when it has ended`() {
    var rule = KillSwitch()
    _ = rule.receive(halt(drift), at: at(1))
    #expect(rule.receive(reset(), at: at(2)).output == .refused(.stillHolds([drift])))
    #expect(rule.mode == .halted)
    #expect(rule.receive(.ended(drift), at: at(3)).reason == .conditionEnded)
    #expect(rule.mode == .halted)
    _ = rule.receive(reset(), at: at(4))
    #expect(rule.mode == .active)
  }

  @Test(arguments: [("", "mended"), ("Ada", " "), ("", "")])
  func `a reset by nobody or without a reason is refused`(person: String, reason: String) {
    var rule = KillSwitch()
    _ = rule.receive(halt(), at: at(1))
    let verdict = rule.receive(reset(by: person, because: reason, forced: true), at: at(2))
    #expect(verdict.output == .refused(.unsigned))
    #expect(rule.mode == .halted)
  }

  @Test func `a reset does not make it stricter`() {
    var rule = KillSwitch()
    #expect(rule.receive(reset(to: .halted), at: at(1)).output == .refused(.notLessStrict(.active)))
    #expect(rule.mode == .active)
  }

  @Test func `a reset to reducing goes with a cause that asks for no more`() {
    var rule = KillSwitch()
    let reducing = SafetyDemand(.reducing, drift, because: "why")
    _ = rule.receive(.demand(reducing), at: at(1))
    _ = rule.receive(halt(), at: at(2))
    _ = rule.receive(reset(to: .reducing), at: at(3))
    #expect(rule.mode == .reducing)
    #expect(rule.receive(reset(), at: at(4)).output == .refused(.stillHolds([drift])))
  }

  @Test func `a forced reset says what it overrode, which demands again only after its end`() {
    var rule = KillSwitch()
    _ = rule.receive(halt(drift), at: at(1))
    _ = rule.receive(reset(forced: true), at: at(2))
    #expect(rule.lastChange?.overridden == [drift])
    #expect(rule.receive(halt(drift), at: at(3)).reason == .acknowledged)
    #expect(rule.mode == .active)
    _ = rule.receive(.ended(drift), at: at(4))
    _ = rule.receive(halt(drift), at: at(5))
    #expect(rule.mode == .halted)
  }

  @Test func `an overridden cause that asks for more demands at once`() {
    var rule = KillSwitch()
    _ = rule.receive(.demand(SafetyDemand(.reducing, drift, because: "why")), at: at(1))
    _ = rule.receive(reset(forced: true), at: at(2))
    _ = rule.receive(halt(drift), at: at(3))
    #expect(rule.mode == .halted)
  }

  @Test func `a reset really re-arms it`() {
    // github.com/shobhit727/trade#49: reset() was a no-op.
    var rule = KillSwitch()
    for round in 0..<3 {
      _ = rule.receive(halt(), at: at(Double(round)))
      #expect(rule.mode == .halted)
      _ = rule.receive(reset(), at: at(Double(round) + 0.5))
      #expect(rule.mode == .active)
    }
    #expect(rule.sequence == 6)
  }

  @Test func `more conditions than are remembered make every reset a forced one`() {
    var rule = KillSwitch()
    for number in 0..<1_001 {
      _ = rule.receive(halt(SafetyCause(.drift, "\(number)")), at: at(1))
    }
    for number in 0..<1_000 {
      _ = rule.receive(.ended(SafetyCause(.drift, "\(number)")), at: at(2))
    }
    #expect(rule.receive(reset(), at: at(3)).output == .refused(.stillHolds([])))
    _ = rule.receive(reset(forced: true), at: at(4))
    #expect(rule.mode == .active)
  }

  @Test func `refusals say what to do`() {
    #expect(
      ResetRefusal.unsigned.description
        == "The reset was refused: it names nobody or gives no reason. Say who resets, and why."
    )
    #expect(
      ResetRefusal.notLessStrict(.reducing).description
        == "The reset was refused: trading is reducing already. Use halt or reduce to make it "
        + "stricter."
    )
    #expect(
      ResetRefusal.stillHolds([drift]).description
        == "The reset was refused: drift(AAPL) still holds. Put it right, or force the reset with "
        + "a reason."
    )
    #expect(ResetRefusal.stillHolds([]).description.contains("more conditions than are remembered"))
  }

  @Test func `long texts are cut`() {
    let demand = SafetyDemand(.halted, drift, because: String(repeating: "x", count: 1_000_000))
    #expect(demand.reason.count == 500)
  }

  @Test func `saved and restored it is the same`() throws {
    var rule = KillSwitch()
    _ = rule.receive(halt(drift), at: at(1))
    let copy = try JSONDecoder().decode(KillSwitch.self, from: JSONEncoder().encode(rule))
    #expect(copy == rule)
  }
}

import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct AlertOperatorTests {
  @Test func `cooldown holds back repeats and hands on how many`() {
    let bench = expectMarbles(
      "w-w-w-c-w---w-|",
      as: MarkedAlert.init,
      gives: "w---<w2>-c-----<w2>-|"
    ) {
      $0[0].cooldown(.seconds(4))
    }
    expectNoDifference(bench.node("cooldown")?.dropsByReason, [.inCooldown: 2])
  }

  @Test func `cooldown treats every key by itself`() {
    expectMarbles("wWrRwWw---|", as: MarkedAlert.init, gives: "wW<ir><Ir>wW----|") {
      $0[0].cooldown(.seconds(4))
    }
  }

  @Test func `repeats escalate a key`() {
    expectMarbles("w--w-wW-----w-r|", as: MarkedAlert.init, gives: "w--w-cW-----w-<cr>|") {
      $0[0].escalate(.repeats(3, within: .seconds(6)))
    }
  }

  @Test func `an alert that fires for long is sent again`() {
    expectMarbles("w-wW----w-r---w-|", as: MarkedAlert.init, gives: "w-wW-c--(Cc)-<cr>---w-|") {
      $0[0].escalate(after: .seconds(5))
    }
    expectMarbles("w-w---------", as: MarkedAlert.init, cancelAfter: 3, gives: "w-w---------") {
      $0[0].escalate(after: .seconds(5))
    }
  }

  @Test func `cooldown before escalation loses no repeat`() {
    expectMarbles("ww--w-w--", as: MarkedAlert.init, cancelAfter: 8, gives: "w---<c2>----") {
      $0[0].cooldown(.seconds(4)).escalate(.repeats(3, within: .seconds(6)))
    }
  }
}

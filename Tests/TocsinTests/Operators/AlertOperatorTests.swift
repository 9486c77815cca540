import CustomDump
import OpenCombine
import Testing
import TocsinTesting

@testable import Tocsin

@Suite struct AlertOperatorTests {
  @Test func `cooldown holds back repeats and hands on how many`() throws {
    let run = try rehearse("w . w . w . c . w . . . w . |", of: MarkedAlert.self) {
      $0.cooldown(.seconds(4))
    }
    run.expect(marbles: "w . . . w2 . c . . . . . w2 . |")
    expectNoDifference(try run.books(of: "cooldown").dropped, [.inCooldown: 2])
  }

  @Test func `cooldown treats every key by itself`() throws {
    try rehearse("w W r R w W w . . . |", of: MarkedAlert.self) {
      $0.cooldown(.seconds(4))
    }
    .expect(marbles: "w W ir Ir w W . . . . |")
  }

  @Test func `repeats escalate a key`() throws {
    try rehearse("w . . w . w W . . . . . w . r |", of: MarkedAlert.self) {
      $0.escalate(.repeats(3, within: .seconds(6)))
    }
    .expect(marbles: "w . . w . c W . . . . . w . cr |")
  }

  @Test func `an alert that fires for long is sent again`() throws {
    try rehearse("w . w W . . . . w . r . . . w . |", of: MarkedAlert.self) {
      $0.escalate(after: .seconds(5))
    }
    .expect(marbles: "w . w W . c . . (C c) . cr . . . w . |")
    try rehearse("w . w !", of: MarkedAlert.self) {
      $0.escalate(after: .seconds(5))
    }
    .expect(marbles: "w . w")
  }

  @Test func `cooldown before escalation loses no repeat`() throws {
    try rehearse("w w . . w . w . !", of: MarkedAlert.self) {
      $0.cooldown(.seconds(4)).escalate(.repeats(3, within: .seconds(6)))
    }
    .expect(marbles: "w . . . c2")
  }
}

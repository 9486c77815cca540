import CustomDump
import Testing

@testable import Tocsin

/// The messages of alerts for which nobody has given one.
struct AlertWordsTests {
  /// A plain value with a key: printed it is a dump of its fields.
  private struct Reading: KeyedEvent, Sendable {
    var key: String
    var level: Double
  }

  private struct Spoken: Sendable, CustomStringConvertible {
    var level: Double
    var description: String { "The level is \(level)." }
  }

  private func message<Value>(_ value: Value, of name: String = "tank.tooFull") -> String {
    AlertShape<Value>(name, .error, subject: nil, message: nil).alert(for: value).message
  }

  @Test func `a plain value says the name of the alert in words, and its key`() {
    #expect(message(Reading(key: "a", level: 9)) == "Tank too full: a.")
    #expect(
      message(Signal(Reading(key: "a", level: 9), .firing, since: .epoch)) == "Tank too full: a."
    )
    let over = Signal(Reading(key: "a", level: 1), .resolved, since: .epoch)
    #expect(message(over) == "Over: tank too full: a.")
    #expect(message((1, 2)) == "Tank too full.")
    #expect(message(Optional(3)) == "Tank too full.")
  }

  @Test func `a value that describes itself says that, within a signal too`() {
    #expect(message(Spoken(level: 9)) == "The level is 9.0.")
    #expect(message(Signal(Spoken(level: 9), .firing, since: .epoch)) == "The level is 9.0.")
    #expect(message(17) == "17")
    #expect(message("full") == "full")
  }

  @Test func `a message and a subject that are given are what is said`() {
    let own = AlertShape<Reading>(
      "full",
      .error,
      subject: { "tank \($0.key)" },
      message: { "At \($0.level)." }
    )
    #expect(own.alert(for: Reading(key: "a", level: 9)).message == "At 9.0.")
    let half = AlertShape<Reading>("full", .error, subject: { "tank \($0.key)" }, message: nil)
    #expect(half.alert(for: Reading(key: "a", level: 9)).message == "Full: tank a.")
  }

  @Test(arguments: [
    ("feed.stale", "feed stale"), ("killSwitch.engaged", "kill switch engaged"),
    ("a_b-c", "a b c"), ("HTTPErrors", "httperrors"), ("p99.high", "p99 high"), ("..", ""),
  ])
  func `a name is told in words`(name: String, words: String) {
    #expect(AlertWords.words(name) == words)
  }

  @Test func `after hold a plain value is no dump`() throws {
    let own = Outlet<Alert>("own")
    let world = Timeline.virtual()
    let lane = world.lane("desk")
    let graph = MonitorGraph("desk") { lane in
      Tap(lane.input("tanks", of: Reading.self)).hold(for: .seconds(1)) { $0.level > 5 }
        .alert("tank.full", .error).send(to: own)
    }
    let running = try graph.start(on: lane, in: world)
    let log = Heard()
    world.perform(on: lane) { _ = Inlet(own, on: lane).each { log.messages.append($0.message) } }
    let tanks = try running.input("tanks", of: Reading.self)
    for level in [9.0, 1] {
      tanks.send(Reading(key: "a", level: level))
      world.advance(by: .seconds(2))
    }
    expectNoDifference(log.messages, ["Tank full: a.", "Over: tank full: a."])
  }

  private final class Heard {
    var messages: [String] = []
  }
}

// A race that a thousand plain tests miss: an order gets out after the halt. It is planted, hunted
// with seeded schedules, shortened to what is needed, replayed, mended, and hunted again.
//
//   swift run RaceHunt

import Tocsin
import TocsinTesting

/// Knows whether trading is halted.
actor KillSwitch: LaneActor {
  nonisolated let lane: Lane
  private(set) var isHalted = false
  init(on lane: Lane) { self.lane = lane }
  func halt() { isHalted = true }
}

/// Knows the last price.
actor Prices: LaneActor {
  nonisolated let lane: Lane
  private(set) var last = 60_000.0
  init(on lane: Lane) { self.lane = lane }
}

/// Takes orders, and counts those that came after it was told that trading is halted.
actor Market: LaneActor {
  nonisolated let lane: Lane
  private let refuses: Bool
  private var isHalted = false
  private(set) var ordersAfterHalt = 0

  init(on lane: Lane, refusesWhenHalted refuses: Bool) {
    self.lane = lane
    self.refuses = refuses
  }

  func halt() { isHalted = true }

  func accept(at price: Double) {
    if refuses && isHalted { return }
    if isHalted { ordersAfterHalt += 1 }
  }
}

/// Sends orders, unless trading is halted.
actor Router: LaneActor {
  nonisolated let lane: Lane
  private var sent: [Double] = []
  init(on lane: Lane) { self.lane = lane }

  /// The race: while the price is asked for, somebody else may halt.
  func send(to market: Market, at prices: Prices, ifNotHalted killSwitch: KillSwitch) async {
    if await killSwitch.isHalted { return }
    let price = await prices.last
    sent.append(price)
    await market.accept(at: price)
  }
}

struct OrderAfterHalt: Error, CustomStringConvertible {
  let count: Int
  var description: String { "\(count) order reached the market after the halt" }
}

/// A trader sends one order while risk halts: the test as anybody would write it.
@Sendable func orderDuringHalt(_ world: VirtualWorld, refuses: Bool) async throws {
  let killSwitch = KillSwitch(on: world.lane("kill switch"))
  let market = Market(on: world.lane("market"), refusesWhenHalted: refuses)
  let prices = Prices(on: world.lane("prices"))
  let router = Router(on: world.lane("router"))
  let halt = world.spawn("halt") {
    await killSwitch.halt()
    await market.halt()
  }
  let order = world.spawn("order") {
    await router.send(to: market, at: prices, ifNotHalted: killSwitch)
  }
  await order.value
  await halt.value
  let count = await market.ordersAfterHalt
  if count > 0 { throw OrderAfterHalt(count: count) }
}

print("1. First in, first out, as a plain test runs: a thousand times.")
for _ in 0..<1_000 { try withVirtualTime { try await orderDuringHalt($0, refuses: false) } }
print("   No order after the halt. The test is green.\n")

print("2. The same test under up to 200 schedules.")
let found = await explore(ExplorationPlan(schedules: 200)) { world in
  try await orderDuringHalt(world, refuses: false)
}
guard let failure = found else { fatalError("The race was not found.") }
print(failure.description.split(separator: "\n").map { "   \($0)" }.joined(separator: "\n"), "\n")

print("3. The shortest schedule again, a thousand times.")
var failures = 0
for _ in 0..<1_000 {
  do {
    try withVirtualTime(schedule: .decided(failure.shrunk)) { world in
      try await orderDuringHalt(world, refuses: false)
    }
  } catch is OrderAfterHalt {
    failures += 1
  }
}
print("   It fails \(failures) times of 1000.\n")
precondition(failures == 1_000, "A schedule gave two different runs.")

print(
  "4. Mended: the market refuses by itself, so question and order are one step. 1,000 schedules."
)
let left = await explore(ExplorationPlan(schedules: 1_000)) { world in
  try await orderDuringHalt(world, refuses: true)
}
print(left.map { "   \($0)" } ?? "   None fails.")
precondition(left == nil, "What was mended has a race.")

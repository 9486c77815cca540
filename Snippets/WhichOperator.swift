//! Every operator of docs/which-operator.md, once, so that the table cannot name one that is not
//! there.

import OpenCombine
import Tocsin
import TocsinMonitors

let log = Outlet<Alert>("log")
let seen = Outlet<AlertKey>("seen")
let numbers = Outlet<Int>("numbers")

let keyed = MonitorGraph("keyed") { lane in
  let changes = lane.input("changes", of: HealthTransition.self)
  Tap(changes).filter { $0.to == .unhealthy }.update { $0.value = nil }.each { _ in }
  Tap(changes).map(to: String.self) { $0.component }.changed().each { _ in }
  Tap(changes).compactMap(to: Double.self) { $0.value }.each { _ in }
  Tap(changes, selecting: Double.self) { $0.value }.each { _ in }
  Tap(changes).changed(in: \.to).each { _ in }
  Tap(changes).debounce(.seconds(3)).each { _ in }
  Tap(changes).debounce(.seconds(3), maxWait: .seconds(30)).each { _ in }
  Tap(changes).debounce(.seconds(3), .leading).each { _ in }
  Tap(changes).debounce(.seconds(3), .both).each { _ in }
  Tap(changes).hold(for: .seconds(60)) { $0.to == .unhealthy }.each { _ in }
  Tap(changes).hold(for: .seconds(60), keepFiring: .seconds(9)) { $0.to == .unhealthy }
    .each { _ in }
  Tap(changes).absence(of: .seconds(5)).each { _ in }
  Tap(changes).deduplicate(by: \.component, within: .minutes(5)).each { _ in }
  Tap(changes).throttle(3, per: .minutes(1)).each { _ in }
  Tap(changes).rateLimit(10, per: .seconds(1), burst: 20).each { _ in }
  Tap(changes).rollup(3, per: .minutes(5)).each { _ in }
  Tap(changes).coalesce(every: .seconds(10)).each { _ in }
  Tap(changes).sample(every: .seconds(5)).each { _ in }
  Tap(changes).sample(everyNth: 10).each { _ in }
  Tap(changes).hysteresis(.above(100, leave: 90)) { $0.value ?? 0 }.each { _ in }
  Tap(changes).rateOfChange(over: .seconds(10)) { $0.value ?? 0 }.each { _ in }
  Tap(changes)
    .sequence(first: { $0.to == .unhealthy }, then: { $0.to == .healthy }, within: .minutes(1))
    .each { _ in }
  Tap(changes)
    .notFollowed(first: { $0.to == .unhealthy }, by: { $0.to == .healthy }, within: .minutes(1))
    .each { _ in }
  Join(Tap(changes), Tap(changes), within: .seconds(5), .left).each { _ in }
  Tap(changes).keyed(by: \.to, idle: .hours(1)) { $0.alert { $0.alert } }.send(to: log)
  _ = HealthMonitor(on: lane) { Check.feed("NYSE", symbols: ["IBM"], maxAge: .seconds(5)) }
}

let plain = MonitorGraph("plain") { lane in
  let tap = Tap(lane.input("in", of: Int.self))
  tap.debounce(asOne: .seconds(3)).each { _ in }
  Tap(numbers).debounce(asOne: .seconds(3), maxWait: .seconds(30)).each { _ in }
  Tap(numbers).hold(asOneFor: .seconds(60)) { $0 > 1 }.each { _ in }
  Tap(numbers).hold(asOneFor: .seconds(60), keepFiring: .seconds(9)) { $0 > 1 }.each { _ in }
  Tap(numbers).absence(asOneOf: .seconds(5)).each { _ in }
  Tap(numbers).deduplicate(asOneBy: \.self, within: .minutes(5)).each { _ in }
  Tap(numbers).throttle(asOne: 3, per: .minutes(1)).each { _ in }
  Tap(numbers).rateLimit(asOne: 10, per: .seconds(1), burst: 20).each { _ in }
  Tap(numbers).rollup(asOne: 3, per: .minutes(5)).each { _ in }
  Tap(numbers).sample(asOneEvery: .seconds(5)).each { _ in }
  Tap(numbers).sample(asOneEveryNth: 10).each { _ in }
  Tap(numbers).hysteresis(asOne: .above(100, leave: 90)) { Double($0) }.each { _ in }
  Tap(numbers).rateOfChange(asOnePer: .seconds(1)) { Double($0) }.each { _ in }
  Tap(numbers).sequence(asOneFirst: { $0 > 1 }, then: { $0 < 1 }, within: .seconds(5))
    .each { _ in }
  Tap(numbers).notFollowed(asOneFirst: { $0 > 1 }, by: { $0 < 1 }, within: .seconds(5))
    .each { _ in }
  Tap(numbers).timed(Absence(.seconds(5)).armed(at: lane.now)).each { _ in }
  Tap(numbers).timed(Absence(.seconds(5)).repeats(every: .minutes(1))).each { _ in }
  Tap(numbers).window(.minutes(1), into: 0) { $0 += $1 }.each { _ in }
  Tap(numbers).window(count: 100).each { _ in }
  Tap(numbers).window(sliding: .minutes(5), every: .seconds(10), limit: 100).each { _ in }
  Tap(numbers).rule(Changed()).each { _ in }
  Tap(numbers).stock(to: Int.self) { $0.removeDuplicates() }.each { _ in }
  Merge(Tap(numbers), Tap(numbers)).each { _ in }
  MergeAll(of: Int.self) { Tap(numbers) }.each { _ in }
  CombineLatest(Tap(numbers), Tap(numbers)).each { _ in }
  Zip(Tap(numbers), Tap(numbers)).each { _ in }
}

let alerts = MonitorGraph("alerts") { lane in
  Tap(numbers).alert("number", .info)
    .cooldown(.minutes(5))
    .escalate(.repeats(3, within: .minutes(10)))
    .escalate(after: .minutes(30))
    .escalate(.unacknowledged(after: .minutes(5)), acknowledgements: seen)
    .flapping(enter: 5, leave: 2, within: .minutes(10))
    .deescalate(after: .hours(1), to: .warning)
    .resolve(after: .minutes(10))
    .route {
      On(.critical...) { log }
      Otherwise { log }
    }
  Tap(numbers).alert { Alert("other", .info, message: "\($0)") }.send(to: log)
}

func read(on lane: Lane) async {
  for await value in numbers.values(on: lane) { print(value) }
}

for graph in [keyed, plain, alerts] { try graph.validate() }

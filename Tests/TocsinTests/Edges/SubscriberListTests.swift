import CustomDump
import OpenCombine
import Testing

@testable import Tocsin

@Suite struct SubscriberListTests {
  private struct Weak {
    weak var edge: Edge<Int>?
  }

  let world = Timeline.virtual()
  let lane: Lane
  let outlet = Outlet<Int>("numbers")

  init() { lane = world.lane("test") }

  /// Subscribes as an inlet does, and cancels.
  private func comeAndGo() -> Weak {
    let edge = Edge<Int>(on: lane, .unbounded, Node("inlet"), Link())
    let (consumer, asker) = (Consumer.edge(edge), Asker<Int>(.unlimited))
    if edge.serve(asker, detach: { [outlet] in outlet.detach(consumer) }) {
      outlet.attach(consumer)
    }
    asker.cancel()
    return Weak(edge: edge)
  }

  @Test func `who comes and goes leaves nothing behind after the first hundred changes`() {
    let visitors = (0..<1_000).map { _ in world.perform(on: lane, comeAndGo) }
    expectNoDifference(visitors.count { $0.edge != nil }, Outlet<Int>.keptLists / 2)
    #expect(visitors.suffix(900).allSatisfy { $0.edge == nil })
    #expect(outlet.subscriberCount == 0)
  }

  @Test func `who stays hears everything in order while others come and go`() {
    let (all, even) = (Log<Int>(), Log<Int>())
    world.perform(on: lane) {
      Inlet(outlet, on: lane).each { all.add($0) }
      SelectiveInlet(outlet, on: lane) { $0.isMultiple(of: 2) ? $0 : nil }.each { even.add($0) }
    }
    for number in stride(from: 0, to: 1_000, by: 4) {
      world.perform(on: lane) {
        outlet.send(number)
        _ = comeAndGo()
        outlet.send(contentsOf: [number + 1, number + 2])
      }
      outlet.send(number + 3)
      world.settle()
    }
    #expect(outlet.subscriberCount == 2)
    expectNoDifference(all.entries, Array(0..<1_000))
    expectNoDifference(even.entries, Array(stride(from: 0, to: 1_000, by: 2)))
  }

  @Test func `an outlet with many changes still ends for those who are there`() {
    let asker = Asker<Int>(.unlimited)
    for _ in 0..<200 { world.perform(on: lane) { _ = comeAndGo() } }
    world.perform(on: lane) { Inlet(outlet, on: lane).receive(subscriber: asker) }
    outlet.send(1)
    outlet.finish()
    outlet.send(2)
    world.settle()
    expectNoDifference(asker.values, [1])
    #expect(asker.completions == 1 && outlet.subscriberCount == 0)
  }
}

public import OpenCombine

/// A chain of its own for every key; what comes out of all of them is one stream.
///
/// The chain of a key is built when its first value comes and taken down when the key has not been
/// seen for `idle` and no operator in it waits for a deadline. A key that would be one too many is
/// dropped as "key limit", except critical alerts, which are always taken in. Order is kept within
/// a key. On completion every chain completes, in the order in which the keys came, but a new key
/// has the place of one that was forgotten. A chain that is taken down completes too: what is held
/// in it is delivered.
public struct KeyedPublisher<Upstream: FlowPublisher, Key: Hashable & Sendable, Output>:
  FlowPublisher
{
  public typealias Failure = Never
  /// Builds the chain of one key on its source.
  @usableFromInline typealias Build = (Feed<Upstream.Output>) -> Erased<Output>

  let upstream: Upstream
  let key: (Upstream.Output) -> Key
  let bound: KeyBound
  let build: Build
  let lane: Lane
  let node: Node

  public func receive<S: Subscriber>(subscriber: S) where S.Input == Output, S.Failure == Never {
    let inner = Inner(subscriber, self)
    subscriber.receive(subscription: inner.outflow.link)
    inner.begin()
    upstream.receive(subscriber: inner)
  }

  /// The chain of one key.
  private final class Chain {
    let feed: Feed<Upstream.Output>
    var lastSeen: Int64
    var deadlines: [Int]
    let wire: Wire
    /// Of every rule in the chain, whether it may be forgotten.
    var debts: [() -> Bool] = []

    /// Whether a rule owes something, for instance a closing message; for at most seven days.
    func owes(at now: Int64) -> Bool {
      guard now < lastSeen.addingSaturating(604_800_000_000_000) else { return false }
      return !debts.allSatisfy { $0() }
    }

    init(_ feed: Feed<Upstream.Output>, _ lastSeen: Int64, _ deadlines: [Int], _ wire: Wire) {
      self.feed = feed
      self.lastSeen = lastSeen
      self.deadlines = deadlines
      self.wire = wire
    }
  }

  private final class Inner<Downstream: Subscriber>: Subscriber
  where Downstream.Input == Output, Downstream.Failure == Never {
    typealias Input = Upstream.Output
    typealias Failure = Never

    let outflow: Outflow<Downstream>
    private let plan: KeyedPublisher
    private let local: LaneLocal
    private let node: Node
    private var chains = KeyTable<Key, Chain>()
    private var cleaning = -1
    private var armed = Int64.max

    init(_ downstream: Downstream, _ plan: KeyedPublisher) {
      self.plan = plan
      local = plan.lane.local
      node = plan.node
      outflow = Outflow(downstream, local, node)
    }

    func begin() {
      outflow.onCancel { [unowned self] in takeDown() }
      if plan.bound.idle != .max { cleaning = local.addDeadlines { self.clean(at: $0) } }
    }

    func receive(subscription: any Subscription) { outflow.start(subscription) }

    func receive(_ input: Input) -> Subscribers.Demand {
      node.receivedCount += 1
      let key = plan.key(input)
      guard let slot = chains.slot(of: key) ?? open(key, for: input) else {
        node.drop(.keyLimit)
        return .none
      }
      let chain = chains[slot]
      chain.lastSeen = local.now
      node.drop(.summarised)  // It lives on in the chain of its key.
      chain.feed.send(input)
      return .none
    }

    private func open(_ key: Key, for input: Input) -> Int? {
      let isCritical = (input as? any Alerting)?.severity == .critical
      guard chains.count < plan.bound.limit || isCritical else { return nil }
      let outer = (local.deadlineScope, local.debtScope)
      (local.deadlineScope, local.debtScope) = ([], [])
      let feed = Feed<Input>("key", on: plan.lane)
      let wire = plan.build(feed).each { [unowned self] output in
        node.madeCount += 1
        outflow.emit(output)
      }
      let (deadlines, debts) = (local.deadlineScope ?? [], local.debtScope ?? [])
      local.deadlineScope = outer.0.map { $0 + deadlines }
      local.debtScope = outer.1.map { $0 + debts }
      let chain = Chain(feed, local.now, deadlines, wire)
      chain.debts = debts
      let slot = chains.insert(key, chain)
      arm(at: local.now.addingSaturating(plan.bound.idle))
      return slot
    }

    private func arm(at deadline: Int64) {
      guard cleaning >= 0, deadline < armed else { return }
      armed = deadline
      local.arm(cleaning, at: deadline)
    }

    /// Takes down the chains of keys that were not seen for long. Gives the next time to look.
    private func clean(at now: Int64) -> Int64 {
      armed = .max
      for slot in 0..<chains.slotLimit where chains.isOccupied(slot) {
        let chain = chains[slot]
        let end = chain.lastSeen.addingSaturating(plan.bound.idle)
        if end > now {
          armed = Swift.min(armed, end)
        } else if local.hasDeadline(chain.deadlines) || chain.owes(at: now) {
          armed = Swift.min(armed, now.addingSaturating(plan.bound.idle))
        } else {
          // Delivers what a keyed chain inside it may still hold.
          chains.remove(slot).feed.finish()
        }
      }
      return armed
    }

    func receive(completion: Subscribers.Completion<Never>) {
      for slot in 0..<chains.slotLimit where chains.isOccupied(slot) { chains[slot].feed.finish() }
      takeDown()
      outflow.end()
    }

    private func takeDown() {
      if cleaning >= 0 { local.removeDeadlines(cleaning) }
      cleaning = -1
      for slot in 0..<chains.slotLimit where chains.isOccupied(slot) {
        chains[slot].wire.cancel()
      }
      chains = KeyTable()
    }
  }
}

/// How many keys a keyed chain may hold, and for how long.
@usableFromInline
struct KeyBound: Hashable {
  /// In nanoseconds; `max` for ever.
  let idle: Int64
  let limit: Int

  @usableFromInline
  init(idle: Duration?, limit: Int?) {
    self.idle = idle?.wholeNanoseconds ?? .max
    self.limit = limit ?? .max
  }

  var isBounded: Bool { idle != .max || limit != .max }
}

extension Int64 {
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}

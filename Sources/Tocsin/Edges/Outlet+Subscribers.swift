internal import Synchronization

// Who subscribes to an outlet, and how that changes while others send.
extension Outlet {
  @usableFromInline
  final class Subscribers: Sendable {
    let consumers: [Consumer<Value>]
    /// The same, to be reached without retaining them.
    @usableFromInline let takers: [Taker]
    /// The only one, where it is an edge.
    @usableFromInline let only: UInt

    init(_ consumers: [Consumer<Value>]) {
      self.consumers = consumers
      takers = consumers.map(Taker.init)
      guard consumers.count == 1, case .edge(let edge) = consumers[0] else {
        only = 0
        return
      }
      only = UInt(bitPattern: Unmanaged.passUnretained(edge).toOpaque())
    }
  }

  struct History: Sendable {
    /// Senders may look at any of these at any time.
    var kept: [Subscribers] = []
    /// Those who subscribe now.
    var last: Subscribers?
    var isFinished = false

    var consumers: [Consumer<Value>] { last?.consumers ?? [] }
  }

  /// How many lists are kept so that senders need no lock.
  static var keptLists: Int { 100 }
  /// What stands for a list in the place of its address when senders have to ask for it.
  @inlinable static var askForIt: UInt { 1 }

  @usableFromInline
  func attach(_ consumer: Consumer<Value>) {
    let isFinished = history.withLock { history in
      if !history.isFinished {
        publish(history.consumers + [consumer], in: &history)
      }
      return history.isFinished
    }
    if isFinished { consumer.end() }
  }

  @usableFromInline
  func detach(_ consumer: Consumer<Value>) {
    // What is let go of is freed outside the lock.
    let old = history.withLock { history in
      let rest = history.consumers.filter { $0.identity != consumer.identity }
      return rest.count < history.consumers.count ? publish(rest, in: &history) : nil
    }
    withExtendedLifetime(old) {}
  }

  /// Gives the list that it takes the place of.
  @discardableResult
  func publish(
    _ consumers: [Consumer<Value>],
    in history: inout History
  ) -> Subscribers? {
    let next = Subscribers(consumers)
    defer { history.last = next }
    if history.kept.count < Self.keptLists {
      history.kept.append(next)
      let address = UInt(bitPattern: Unmanaged.passUnretained(next).toOpaque())
      current.store(address, ordering: .releasing)
    } else {
      current.store(Self.askForIt, ordering: .releasing)
    }
    return history.last
  }
}

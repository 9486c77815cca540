import Synchronization

/// Words that another thread leaves.
final class Words: Sendable {
  private let value = Mutex("")

  var text: String {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}

/// Instants that tasks leave, in order.
final class Times: Sendable {
  private let value = Mutex<[Duration]>([])

  var list: [Duration] {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}

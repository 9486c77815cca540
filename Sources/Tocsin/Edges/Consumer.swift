/// Who takes what is sent into an outlet.
@usableFromInline
enum Consumer<Value: Sendable>: Sendable {
  /// Takes everything.
  case edge(Edge<Value>)
  /// Takes what it selects, as something else.
  case sieve(Sieve<Value>)

  @inlinable
  @inline(__always)
  func offer(_ values: UnsafePointer<Value>, _ count: Int) {
    switch self {
    case .edge(let edge): edge.offer(values, count)
    case .sieve(let sieve): sieve.take(values, count)
    }
  }

  /// The outlet has ended: completes once everything is delivered.
  func end() {
    switch self {
    case .edge(let edge): edge.end()
    case .sieve(let sieve): sieve.end()
    }
  }

  /// Waits until there is room, for producers that can.
  func waitForRoom() async {
    switch self {
    case .edge(let edge): await edge.waitForRoom()
    case .sieve(let sieve): await sieve.waitForRoom()
    }
  }

  var identity: ObjectIdentifier {
    switch self {
    case .edge(let edge): ObjectIdentifier(edge)
    case .sieve(let sieve): ObjectIdentifier(sieve)
    }
  }
}

/// Who takes what is sent into an outlet.
@usableFromInline
enum Consumer<Value: Sendable>: Sendable {
  /// Takes everything.
  case edge(Edge<Value>)
  /// Takes what it selects, as something else.
  case sieve(Sieve<Value>)

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

/// A consumer as a number, which costs nothing to copy. Valid while the consumer lives.
@usableFromInline
struct Taker: Sendable {
  @usableFromInline let address: UInt
  @usableFromInline let isSieve: Bool

  init<Value: Sendable>(_ consumer: Consumer<Value>) {
    switch consumer {
    case .edge(let edge):
      (address, isSieve) = (UInt(bitPattern: Unmanaged.passUnretained(edge).toOpaque()), false)
    case .sieve(let sieve):
      (address, isSieve) = (UInt(bitPattern: Unmanaged.passUnretained(sieve).toOpaque()), true)
    }
  }

  /// Gives one value, without a copy to a consumer that only looks.
  @inlinable
  @inline(__always)
  func offer<Value: Sendable>(_ value: Value) {
    if isSieve {
      with(Sieve<Value>.self) { $0.takeOne(value) }
    } else {
      with(Edge<Value>.self) { edge in withUnsafePointer(to: value) { edge.offer($0, 1) } }
    }
  }

  /// Gives values in order.
  @inlinable
  @inline(__always)
  func offer<Value: Sendable>(_ values: UnsafePointer<Value>, _ count: Int) {
    if isSieve {
      with(Sieve<Value>.self) { $0.take(values, count) }
    } else {
      with(Edge<Value>.self) { $0.offer(values, count) }
    }
  }

  @inlinable
  @inline(__always)
  func with<Object: AnyObject>(_: Object.Type, _ body: (Object) -> Void) {
    guard let opaque = UnsafeRawPointer(bitPattern: address) else { return }
    Unmanaged<Object>.fromOpaque(opaque)._withUnsafeGuaranteedRef(body)
  }
}

/// What a subscriber does with a look at the values that it is about to get.
///
/// Whoever delivers a span shows its values some time before it delivers them, so that a rule with
/// many keys can bring their states near: the processor then waits for many lines of memory at once
/// and not for one after the other. What is shown need not come, and what comes need not have been
/// shown. The closures are made where the types are concrete.
@usableFromInline
final class Lookout<Value> {
  /// How many values are shown near at a time; twice as many at the beginning of a span.
  @inlinable static var stride: Int { 8 }

  @usableFromInline let showEach: (UnsafePointer<Value>, Glimpse) -> Void
  @usableFromInline let showEnveloped: (UnsafePointer<Envelope<Value>>, Glimpse) -> Void

  @inlinable
  init(
    each: @escaping (UnsafePointer<Value>, Glimpse) -> Void,
    enveloped: @escaping (UnsafePointer<Envelope<Value>>, Glimpse) -> Void
  ) {
    showEach = each
    showEnveloped = enveloped
  }

  /// Shows values of a span, of which `looked` have been shown near.
  @inlinable
  @inline(never)
  func show(_ values: UnsafePointer<Value>, _ looked: inout Int, of count: Int) {
    guard count > 1, looked < count else {
      looked = .max
      return
    }
    let glimpse = Glimpse(after: looked, of: count)
    showEach(values, glimpse)
    looked = glimpse.near.upperBound
  }
}

/// Which values of a span are shown at a time: those that come next, and those far behind them.
@frozen
@usableFromInline
struct Glimpse: Hashable {
  @usableFromInline let near: Range<Int>
  @usableFromInline let far: Range<Int>

  @inlinable
  @inline(__always)
  init(near: Range<Int>, far: Range<Int>) {
    self.near = near
    self.far = far
  }

  /// What is to be shown next, when `looked` values have been shown near of `count`.
  @inlinable
  init(after looked: Int, of count: Int) {
    let stride = Lookout<Never>.stride
    let reach = looked == 0 ? 2 * stride : stride
    let begin = Swift.min(looked &+ 2 * stride, count)
    near = looked..<Swift.min(looked &+ reach, count)
    far = begin..<Swift.min(begin &+ reach, count)
  }
}

/// A subscriber that may want to see values before it gets them.
@usableFromInline
protocol LookingAhead<Shown>: AnyObject {
  associatedtype Shown
  var lookout: Lookout<Shown>? { get }
}

/// What a subscriber does with a look ahead; nil when it does nothing.
@usableFromInline
func lookout<Value>(of subscriber: Any, _: Value.Type) -> Lookout<Value>? {
  (subscriber as? any LookingAhead<Value>)?.lookout
}

extension Lookout {
  /// The same for who sees what the values are made of.
  @inlinable
  @inline(__always)
  func after<Origin>(_ make: @escaping (Origin) -> Value) -> Lookout<Origin> {
    Lookout<Origin>(
      each: { values, glimpse in self.show(glimpse) { make(values[$0]) } },
      enveloped: { envelopes, glimpse in self.show(glimpse) { make(envelopes[$0].value) } }
    )
  }

  /// Shows values that are made for it, all at once.
  @inlinable
  @inline(__always)
  func show(_ glimpse: Glimpse, _ make: (Int) -> Value) {
    let (near, far) = (glimpse.near.count, glimpse.far.count)
    withUnsafeTemporaryAllocation(of: Value.self, capacity: near + far) { values in
      guard let first = values.baseAddress else { return }
      for index in 0..<near {
        (first + index).initialize(to: make(glimpse.near.lowerBound + index))
      }
      for index in 0..<far {
        (first + near + index).initialize(to: make(glimpse.far.lowerBound + index))
      }
      showEach(first, Glimpse(near: 0..<near, far: near..<near + far))
      first.deinitialize(count: near + far)
    }
  }
}

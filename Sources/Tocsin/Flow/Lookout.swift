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

  @usableFromInline let showEach: (UnsafePointer<Value>, Int, Lead) -> Void
  @usableFromInline let showEnveloped: (UnsafePointer<Envelope<Value>>, Int, Lead) -> Void

  @inlinable
  init(
    each: @escaping (UnsafePointer<Value>, Int, Lead) -> Void,
    enveloped: @escaping (UnsafePointer<Envelope<Value>>, Int, Lead) -> Void
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
    let (near, far) = Self.next(looked, of: count)
    showEach(values + far.lowerBound, far.count, .far)
    showEach(values + near.lowerBound, near.count, .near)
    looked = near.upperBound
  }

  /// Which values are to be shown next, when `looked` have been shown near of `count`: those near,
  /// and those far behind them.
  @inlinable
  static func next(_ looked: Int, of count: Int) -> (near: Range<Int>, far: Range<Int>) {
    let reach = looked == 0 ? 2 * stride : stride
    let end = Swift.min(looked &+ reach, count)
    let begin = Swift.min(looked &+ 2 * stride, count)
    return (looked..<end, begin..<Swift.min(begin &+ reach, count))
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
    let show = showEach
    return Lookout<Origin>(
      each: { values, count, lead in
        for index in 0..<count { withUnsafePointer(to: make(values[index])) { show($0, 1, lead) } }
      },
      enveloped: { envelopes, count, lead in
        for index in 0..<count {
          withUnsafePointer(to: make(envelopes[index].value)) { show($0, 1, lead) }
        }
      }
    )
  }
}

public import OpenCombine

/// A publisher of this library: it never fails, and its chain stays specialised.
///
/// Every flow publisher is an ordinary OpenCombine `Publisher`; stock operators and `sink` work on
/// it. Between flow publishers the library calls `receive(subscriber:)`, not `subscribe(_:)`, which
/// is where the compiler would lose the types.
public protocol FlowPublisher<Output>: Publisher where Failure == Never {}

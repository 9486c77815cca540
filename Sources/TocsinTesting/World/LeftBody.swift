internal import CTocsinTesting
internal import Synchronization

/// The body of a test that can be left behind where it waits.
///
/// Swift Testing lends a trait the test's function for the time of a call, and the runtime stops the
/// process when somebody still holds it at the end. A body that waits for what never comes, and does
/// not react to being cancelled, holds it for ever. It will never run again, so its hold is taken
/// from it, and the test ends with a message instead of the process without one.
struct LeftBody {
  private let context: UnsafeMutableRawPointer?
  private struct Lent { let body: @concurrent @Sendable () async throws -> Void }

  init(_ body: @escaping @concurrent @Sendable () async throws -> Void) {
    typealias Words = (code: UnsafeRawPointer?, context: UnsafeMutableRawPointer?)
    // In a struct: a bare closure would be wrapped in another one on its way into a generic call.
    context = unsafeBitCast(Lent(body: body), to: Words.self).context
  }

  /// Takes all holds away but that of the lender.
  func letGo() {
    if let context { tocsin_release_until(context, 1) }
  }
}

/// Whether any body was left where it waits.
final class Abandonment: Sendable {
  private let happened = Atomic(false)
  @TaskLocal static var current: Abandonment?

  var hasHappened: Bool { happened.load(ordering: .acquiring) }
  func note() { happened.store(true, ordering: .releasing) }

  /// Lends a function to a body; what is left behind of it does not hold it any more afterwards.
  static func lending<Result>(
    _ function: @concurrent @Sendable () async throws -> Void,
    _ body: (@escaping @concurrent @Sendable () async throws -> Void) throws -> Result
  ) rethrows -> Result {
    let abandonment = Abandonment()
    return try withoutActuallyEscaping(function) { function in
      let left = LeftBody(function)
      defer { if abandonment.hasHappened { left.letGo() } }
      return try $current.withValue(abandonment) { try body(function) }
    }
  }
}

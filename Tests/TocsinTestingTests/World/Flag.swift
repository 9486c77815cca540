import Synchronization

/// Something that happened.
final class Flag: Sendable {
  private let value = Atomic(0)

  func set() { value.add(1, ordering: .sequentiallyConsistent) }
  var count: Int { value.load(ordering: .sequentiallyConsistent) }
  var isSet: Bool { count > 0 }
}

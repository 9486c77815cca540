// How the ring and the places of ids become large enough, and a queue's own.
extension DeadlineQueue {
  @inlinable
  @inline(__always)
  mutating func prepare(_ id: Int) {
    precondition(id >= 0 && id < Int(Int32.max), "A timer's id is a small number from 0 on.")
    if _slowPath(id >= memory.idCount || !isKnownUniquelyReferenced(&memory)) { copy(for: id) }
  }

  @usableFromInline
  @inline(never)
  mutating func copy(for id: Int) {
    var ids = memory.idCount
    while ids <= id { ids *= 2 }
    memory = memory.copy(ids: ids)
  }

  /// Moves the entries that count together, in a ring of which they fill a half at most.
  @usableFromInline
  @inline(never)
  mutating func makeRoom() {
    tail = memory.compact(low..<tail)
    if tail - low > (memory.mask + 1) / 2 { memory = memory.doubled(low..<tail) }
    head = low
    settle()
  }
}

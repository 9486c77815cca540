import CustomDump
import Testing

@testable import Tocsin

@Suite struct DeadlineBookTests {
  /// Deadlines in a list, in the order in which they were armed.
  struct Model {
    var armed: [(id: Int, deadline: Int64)] = []

    mutating func arm(_ id: Int, at deadline: Int64) {
      armed.removeAll { $0.id == id }
      if deadline < .max { armed.append((id, deadline)) }
    }

    var next: Int64 { armed.map(\.deadline).min() ?? .max }

    mutating func pop() -> Int? {
      guard let place = armed.firstIndex(where: { $0.deadline == next }) else { return nil }
      return armed.remove(at: place).id
    }
  }

  @Test func `comes in the order of deadlines, and of equal ones in that of arming`() {
    for seed in 0..<300 as Range<UInt64> {
      var random = StructureRandom(seed: seed)
      var (book, model) = (DeadlineBook(), Model())
      let ids = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        book.add(DeadlineHandler { _ in .max })
      }
      for _ in 0..<200 {
        let id = ids[Int.random(in: 0..<ids.count, using: &random)]
        let deadline = random.next() % 9 == 0 ? .max : Int64.random(in: 0...9, using: &random)
        if model.next < .max { #expect(book.beginFiring(at: model.next - 1) == nil) }
        if random.next() % 3 > 0 {
          book.arm(id, at: deadline)
          model.arm(id, at: deadline)
        } else if let first = book.beginFiring(at: model.next) {
          expectNoDifference(first.due, model.next, "seed \(seed)")
          expectNoDifference(first.id, model.pop(), "seed \(seed)")
          book.endFiring(first.id, next: deadline)
          if deadline < .max { model.arm(first.id, at: deadline) }
        }
        expectNoDifference(book.nextDeadline, model.next, "seed \(seed)")
        expectNoDifference(book.pendingCount, model.armed.count, "seed \(seed)")
        for id in ids { #expect(book.isArmed(id) == model.armed.contains { $0.id == id }) }
      }
    }
  }

  @Test func `an operator that is removed is not armed, and its number is free after the firing`() {
    var book = DeadlineBook()
    let (one, two) = (
      book.add(DeadlineHandler { _ in .max }), book.add(DeadlineHandler { _ in .max })
    )
    book.arm(one, at: 5)
    book.arm(two, at: 5)
    #expect(book.beginFiring(at: 4) == nil)
    #expect(book.beginFiring(at: 5)?.id == one)
    book.remove(one)
    book.remove(two)
    #expect(book.pendingCount == 0 && book.nextDeadline == .max && !book.hasRetired)
    book.endFiring(one, next: 9)
    #expect(book.pendingCount == 0 && book.hasRetired)
    #expect(book.takeRetired().count == 2 && !book.hasRetired)
    #expect(Set([one, two]) == Set((0..<2).map { _ in book.add(DeadlineHandler { _ in .max }) }))
  }
}

import Tocsin
import TocsinTesting

extension PlantedFault {
  static let positions = [
    PlantedFault("an update that is lost over an await") { world, isRight in
      let fees = Fees(on: world.lane("fees"))
      let position = Position(on: world.lane("position"), fees)
      await both {
        if isRight { await position.addFill(100) } else { await position.addFillAcrossAwait(100) }
      } _: {
        await dawdle()
        if isRight { await position.addFill(50) } else { await position.addFillAcrossAwait(50) }
      }
      try invariant(await position.quantity == 150, "a fill is missing from the position")
    },
    PlantedFault("a stale snapshot that is applied after a newer delta") { world, isRight in
      let book = Book(on: world.lane("book"))
      let venue = Quotes(on: world.lane("quotes"))
      await both {
        let snapshot = await venue.snapshot()
        if isRight { await book.applyIfNewer(snapshot) } else { await book.apply(snapshot) }
      } _: {
        await dawdle()
        await book.applyIfNewer(2)
      }
      try invariant(await book.version == 2, "the book went back to an older state")
    },
    PlantedFault("a watermark that is moved before its event is stored") { world, isRight in
      let marks = Book(on: world.lane("marks"))
      let store = Store(on: world.lane("store"))
      let seen = Audit()
      await both {
        if isRight { await store.add(10) }
        await marks.apply(10)
        if !isRight { await store.add(10) }
      } _: {
        await dawdle()
        let mark = await marks.version
        let events = await store.events
        if mark >= 10 && !events.contains(10) { seen.note("gap") }
      }
      try invariant(seen.count("gap") == 0, "a window was closed without one of its events")
    },
  ]
}

private actor Fees: LaneActor {
  nonisolated let lane: Lane
  private var asked = 0
  init(on lane: Lane) { self.lane = lane }

  /// Changes something, or else the optimiser leaves the hop out, and the bug with it.
  func fee() -> Int {
    asked += 1
    return asked
  }
}

private actor Position: LaneActor {
  nonisolated let lane: Lane
  private let fees: Fees
  private(set) var quantity = 0

  init(on lane: Lane, _ fees: Fees) { (self.lane, self.fees) = (lane, fees) }

  func addFillAcrossAwait(_ amount: Int) async {
    let old = quantity
    _ = await fees.fee()
    quantity = old + amount
  }

  func addFill(_ amount: Int) async {
    _ = await fees.fee()
    quantity += amount
  }
}

/// A book, or a mark: only its version matters.
private actor Book: LaneActor {
  nonisolated let lane: Lane
  private(set) var version = 0

  init(on lane: Lane) { self.lane = lane }

  func apply(_ new: Int) { version = new }
  func applyIfNewer(_ new: Int) { version = max(version, new) }
}

private actor Quotes: LaneActor {
  nonisolated let lane: Lane
  init(on lane: Lane) { self.lane = lane }
  func snapshot() -> Int { 1 }
}

private actor Store: LaneActor {
  nonisolated let lane: Lane
  private(set) var events: [Int] = []
  init(on lane: Lane) { self.lane = lane }
  func add(_ event: Int) { events.append(event) }
}

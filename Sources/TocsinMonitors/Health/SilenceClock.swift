import Tocsin

/// Notices, for each of many keys, the instant at which it has been silent for too long.
///
/// A sign of life costs one look-up: deadlines already queued are only moved when they come up, so
/// ``nextDeadline`` may be earlier than the true one, never later.
struct SilenceClock<Key: Hashable & Sendable>: Sendable {
  private struct Slot: Sendable {
    var key: Key
    var last: Instant
    var limit: Duration
    var isSilent = false
    var isReleased = false
  }

  /// One key that fell silent.
  struct Silence {
    var key: Key
    var limit: Duration
    var instant: Instant
  }

  /// What a sign of life meant.
  enum Life: Equatable { case first, alive, returned(silentFor: Duration), refused }

  let keyLimit: Int
  private var places: [Key: Int] = [:]
  private var slots: [Slot] = []
  private var free: [Int] = []
  private var queue = DeadlineQueue()
  /// Silence counts from here on at the earliest.
  private var floor = Instant.distantPast

  init(keyLimit: Int) {
    self.keyLimit = max(1, keyLimit)
  }

  var nextDeadline: Instant { queue.first?.deadline ?? .distantFuture }
  var keyCount: Int { places.count }
  func isSilent(_ key: Key) -> Bool { places[key].map { slots[$0].isSilent } ?? false }

  func isWaiting(for key: Key) -> Bool { places[key].map { !slots[$0].isReleased } ?? false }

  mutating func touch(_ key: Key, limit: @autoclosure () -> Duration, at now: Instant) -> Life {
    guard let place = places[key] else { return add(key, limit: limit(), at: now) }
    if slots[place].isReleased {
      slots[place].isReleased = false
      slots[place].last = now
      return .first
    }
    let last = slots[place].last
    slots[place].last = max(last, now)
    guard slots[place].isSilent else { return .alive }
    slots[place].isSilent = false
    enqueue(place)
    return .returned(silentFor: last.duration(to: now))
  }

  /// Stops waiting for a key; true when it was silent.
  mutating func release(_ key: Key) -> Bool {
    guard let place = places[key], !slots[place].isReleased else { return false }
    guard slots[place].isSilent else {
      slots[place].isReleased = true
      return false
    }
    forget(place)
    return true
  }

  /// Goes on after a time in which nothing could be heard.
  mutating func resume(at now: Instant) { floor = max(floor, now) }

  mutating func expire(at now: Instant) -> Silence? {
    while let entry = queue.first, entry.deadline <= now {
      queue.removeFirst()
      if let silence = settle(entry) { return silence }
    }
    return nil
  }

  private mutating func settle(_ entry: DeadlineQueue.Entry) -> Silence? {
    let slot = slots[entry.place]
    if slot.isReleased {
      forget(entry.place)
    } else if deadline(of: slot) > entry.deadline {
      enqueue(entry.place)
    } else {
      slots[entry.place].isSilent = true
      return Silence(key: slot.key, limit: slot.limit, instant: entry.deadline)
    }
    return nil
  }

  private mutating func add(_ key: Key, limit: Duration, at now: Instant) -> Life {
    guard places.count < keyLimit else { return .refused }
    let slot = Slot(key: key, last: now, limit: limit)
    let place = free.popLast() ?? slots.endIndex
    if place == slots.endIndex { slots.append(slot) } else { slots[place] = slot }
    places[key] = place
    enqueue(place)
    return .first
  }

  private mutating func forget(_ place: Int) {
    places[slots[place].key] = nil
    free.append(place)
  }

  private mutating func enqueue(_ place: Int) {
    queue.insert(DeadlineQueue.Entry(deadline: deadline(of: slots[place]), place: place))
  }

  private func deadline(of slot: Slot) -> Instant { max(slot.last, floor).advanced(by: slot.limit) }
}

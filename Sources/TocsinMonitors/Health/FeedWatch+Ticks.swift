import Tocsin

// What a tick does. The stream's own part comes after the venue's.
extension FeedWatch {
  mutating func tick(_ key: StreamKey, at now: Int64) -> Verdict<FeedNews> {
    guard let slot = streams.slot(of: key) else { return first(key, at: now) }
    return tick(slot, at: now)
  }

  /// The same, with the slot of a stream that is known.
  mutating func take(_ key: StreamKey, at now: Instant) -> (slot: Int?, Verdict<FeedNews>) {
    if !hasBegun { begin(at: now) }
    guard let slot = streams.slot(of: key) else { return (nil, first(key, at: now.nanoseconds)) }
    return (slot, tick(slot, at: now.nanoseconds))
  }

  private mutating func tick(_ slot: Int, at now: Int64) -> Verdict<FeedNews> {
    let venue = Int(streams[slot].venue)
    let wasUp = venues[venue].state == .up
    let isWarm = now >= venues[venue].warmUntil
    let floor = max(floor, venues[venue].floor)
    let link = note(venue: venue, at: now)
    let age = note(slot, at: now, since: floor, teaches: wasUp && isWarm)
    guard link != nil || age != nil else { return .drop(.alive) }
    var news = FeedNews()
    if let link { news.links.append(link) }
    if let age { news.ages.append(age) }
    return .pass(news, .resolved)
  }

  private mutating func first(_ key: StreamKey, at now: Int64) -> Verdict<FeedNews> {
    guard let slot = add(key, .alive, at: now) else { return refuse() }
    guard let link = note(venue: Int(streams[slot].venue), at: now) else { return .drop(.alive) }
    var news = FeedNews()
    news.links.append(link)
    return .pass(news, .resolved)
  }

  private mutating func refuse() -> Verdict<FeedNews> {
    refusedCount += 1
    guard refusedCount == 1 else { return .drop(.keyLimit) }
    var news = FeedNews()
    news.fullAt = streams.count
    return .pass(news, .changed)
  }

  /// Waits for a stream; nil when there is no room for it.
  mutating func add(_ key: StreamKey, _ state: FeedStream.State, at now: Int64) -> Int? {
    if let slot = streams.slot(of: key) { return slot }
    guard streams.count < streamLimit, let venue = place(of: key.venue, at: now) else { return nil }
    let limits = limits(of: key)
    let limit = (state == .expected ? limits.firstWithin : limits.atMost).wholeNanoseconds
    let stream = FeedStream(venue: venue, state: state, start: now, limit: limit)
    let slot = streams.findOrInsert(key, stream).slot
    venues[venue].members += 1
    arm(slot, at: now.addingSaturated(limit))
    armLink(venue)
    return slot
  }

  mutating func place(of venue: String, at now: Int64) -> Int? {
    if let place = venuePlaces[venue] { return place }
    guard venues.count < Self.venueLimit else { return nil }
    venuePlaces[venue] = venues.count
    venueNames.append(venue)
    venues.append(FeedVenue(start: now, limit: bounds.high))
    return venues.count - 1
  }

  /// The venue's part; gives the end of a lost link.
  private mutating func note(venue: Int, at now: Int64) -> LinkFinding? {
    let state = venues[venue].state
    let (last, limit) = (venues[venue].pace.last, venues[venue].pace.limit)
    let isRead = venues[venue].pace.note(
      at: now,
      since: max(floor, venues[venue].floor),
      isCounted: state == .up && now >= venues[venue].warmUntil
        && isWithinHours(last, limit, at: now),
      longest: limit
    )
    if isRead { readLink(venue) }
    if !venues[venue].hasSent {
      venues[venue].hasSent = true
      venues[venue].warmUntil = now.addingSaturated(Self.warmUp)
      if state == .up { armLink(venue) }
    }
    if venues[venue].downSince != nil { venues[venue].downSince = nil }
    guard state != .up else { return nil }
    venues[venue].state = .up
    venues[venue].floor = now
    armLink(venue)
    return finding(venue, state == .mute ? .mute : .lost, now &- last, .resolved)
  }

  private mutating func readLink(_ venue: Int) {
    let least = bounds.low
    let before = venues[venue].pace.limit
    let together = bounds.limit(
      of: venues[venue].pace.estimate,
      atLeast: min(Self.leastTogether, least / 2)
    )
    let limit = max(least, together)
    venues[venue].together = together
    venues[venue].pace.limit = limit
    if limit < before { armLink(venue) }
  }

  /// The stream's part; gives the end of a silence.
  private mutating func note(
    _ slot: Int,
    at now: Int64,
    since floor: Int64,
    teaches: Bool
  ) -> FeedAge? {
    let (last, limit) = (streams[slot].pace.last, streams[slot].pace.limit)
    let state = streams[slot].state
    let hasSent = state == .alive || state == .told
    let isRead = streams[slot].pace.note(
      at: now,
      since: floor,
      isCounted: teaches && hasSent && isWithinHours(last, limit, at: now),
      longest: limit
    )
    if isRead || !hasSent { read(slot) }
    guard state != .alive else { return nil }
    streams[slot].state = .alive
    guard state != .expected else { return nil }
    venues[Int(streams[slot].venue)].silent -= 1
    arm(slot, at: now.addingSaturated(streams[slot].pace.limit))
    return age(of: slot, .nanoseconds(now &- last), limit: limit, .resolved)
  }

  /// Whether a gap, when it was too long, was too long within the hours.
  private func isWithinHours(_ last: Int64, _ limit: Int64, at now: Int64) -> Bool {
    let due = last.addingSaturated(limit)
    return now <= due || hours.contains(Instant(nanoseconds: due))
  }

  /// Reads what the gaps of a stream teach. The timer only has to move when it gets earlier.
  private mutating func read(_ slot: Int) {
    let bounds =
      ownLimits.isEmpty ? bounds : SilenceBounds(limits(of: streams.key(at: slot)))
    let limit = bounds.limit(of: streams[slot].pace.estimate)
    let before = streams[slot].pace.limit
    guard limit != before else { return }
    streams[slot].pace.limit = limit
    guard limit < before else { return }
    let deadline = streams[slot].pace.last.addingSaturated(limit)
    if let armed = streamTimers.deadline(of: slot), armed.nanoseconds <= deadline { return }
    arm(slot, at: deadline)
  }

  func age(of slot: Int, _ age: Duration, limit: Int64, _ phase: Phase) -> FeedAge {
    FeedAge(
      stream: streams.key(at: slot),
      clock: .receive,
      age: age,
      limit: .nanoseconds(limit),
      phase: phase
    )
  }
}

import Tocsin

// What time does.
extension FeedWatch {
  /// Sets the timer of a stream. The end of time is never.
  mutating func arm(_ slot: Int, at deadline: Int64) {
    if deadline == .max { return streamTimers.cancel(slot) }
    streamTimers.arm(slot, at: Instant(nanoseconds: deadline))
  }

  /// When what was heard of last is due: its limit from then on, or from the opening on.
  private func dueDate(_ pace: GapLearner, limit: Int64, since floor: Int64) -> Int64 {
    let base = max(pace.last, self.floor, floor)
    return hours.nextOpening(Instant(nanoseconds: base)).nanoseconds.addingSaturated(limit)
  }

  /// When to ask again, when `due` has not come or is outside the hours; nil when it is time.
  private func later(than now: Int64, due: Int64, limit: Int64) -> Int64? {
    guard due <= now else { return due }
    let opening = hours.nextOpening(Instant(nanoseconds: now)).nanoseconds
    return opening > now ? opening.addingSaturated(limit) : nil
  }

  mutating func expireStream() -> Due<FeedNews>? {
    guard let (slot, instant) = streamTimers.popDue(at: streamTimers.nextDeadline) else {
      return nil
    }
    let (stream, now) = (streams[slot], instant.nanoseconds)
    let venue = Int(stream.venue)
    let limit = stream.pace.limit
    let due = dueDate(stream.pace, limit: limit, since: venues[venue].floor)
    if let later = later(than: now, due: due, limit: limit) {
      arm(slot, at: later)
      return nil
    }
    guard venues[venue].state == .up, venues[venue].downSince == nil else {
      arm(slot, at: now.addingSaturated(max(limit, 1)))
      return nil
    }
    return tell(slot, of: venue, at: instant)
  }

  /// Tells a stream, or its venue when it is not the only one.
  private mutating func tell(_ slot: Int, of venue: Int, at instant: Instant) -> Due<FeedNews> {
    var news = FeedNews()
    let (now, limit) = (instant.nanoseconds, streams[slot].pace.limit)
    if isLinkSilent(venue, at: now) {
      arm(slot, at: now.addingSaturated(max(limit, 1)))
      news.links.append(loseLink(venue, at: now))
    } else {
      let silence = Duration.nanoseconds(now &- streams[slot].pace.last)
      news.ages.append(age(of: slot, silence, limit: limit, .firing))
      streams[slot].state = streams[slot].state == .expected ? .missing : .told
      venues[venue].silent += 1
    }
    return Due(news, at: instant, .absent, isMade: true)
  }

  /// Whether the venue is as silent as the stream that is due: nothing came from it at all, nothing
  /// for longer than is usual for the venue, or every other stream is told silent already.
  private func isLinkSilent(_ venue: Int, at now: Int64) -> Bool {
    let state = venues[venue]
    guard state.members > 1 else { return false }
    let silence = now &- max(state.pace.last, state.floor, floor)
    return !state.hasSent || silence >= state.together || state.silent + 1 >= state.members
  }
}

// The links of venues.
extension FeedWatch {
  /// Sets the timer of a link, when it gets earlier. Fixed limits need none while there is a
  /// connection: the streams ask.
  mutating func armLink(_ venue: Int) {
    let isDown = venues[venue].downSince != nil
    guard venues[venue].state == .up, isDown || isJudged(venue),
      isDown || (limits.isAdaptive && venues[venue].hasSent)
    else { return }
    let deadline = linkDueDate(venue)
    if let armed = venueTimers.deadline(of: venue * 2), armed.nanoseconds <= deadline { return }
    if deadline < .max { venueTimers.arm(venue * 2, at: Instant(nanoseconds: deadline)) }
  }

  private func isJudged(_ venue: Int) -> Bool { venues[venue].members > 1 }

  /// The venue's limit after its last tick, or sooner when there is no connection.
  private func linkDueDate(_ venue: Int) -> Int64 {
    let (pace, floor) = (venues[venue].pace, venues[venue].floor)
    let limit = limits.isAdaptive ? pace.limit : bounds.high
    let due = dueDate(pace, limit: limit, since: floor)
    guard let down = venues[venue].downSince else { return due }
    let least = bounds.low
    return min(due, dueDate(pace, limit: least, since: max(floor, down)))
  }

  private func linkLimit(_ venue: Int) -> Int64 {
    venues[venue].downSince == nil ? venues[venue].pace.limit : bounds.low
  }

  mutating func expireVenue() -> Due<FeedNews>? {
    guard let (id, instant) = venueTimers.popDue(at: venueTimers.nextDeadline) else { return nil }
    let (venue, now) = (id / 2, instant.nanoseconds)
    guard id % 2 == 0 else { return calm(venue, at: instant) }
    guard venues[venue].state == .up, venues[venue].downSince != nil || isJudged(venue) else {
      return nil
    }
    if let later = later(than: now, due: linkDueDate(venue), limit: linkLimit(venue)) {
      if later < .max { venueTimers.arm(id, at: Instant(nanoseconds: later)) }
      return nil
    }
    var news = FeedNews()
    news.links.append(loseLink(venue, at: now))
    return Due(news, at: instant, .absent, isMade: true)
  }

  mutating func loseLink(_ venue: Int, at now: Int64) -> LinkFinding {
    let isMute = venues[venue].lastHeartbeat > venues[venue].pace.last
    venues[venue].state = isMute ? .mute : .lost
    venueTimers.cancel(venue * 2)
    return finding(venue, isMute ? .mute : .lost, now &- venues[venue].pace.last, .firing)
  }

  func finding(
    _ venue: Int,
    _ kind: LinkFinding.Kind,
    _ age: Int64,
    _ phase: Phase
  ) -> LinkFinding {
    LinkFinding(
      venue: venueNames[venue],
      kind: kind,
      age: .nanoseconds(age),
      limit: .nanoseconds(linkLimit(venue)),
      count: venues[venue].members,
      phase: phase
    )
  }
}

import Tocsin

// What is heard of venues besides ticks, and what the user takes out.
extension FeedWatch {
  /// A heartbeat does not end a silence of data; it tells a mute venue from a lost link.
  mutating func heartbeat(_ source: String, at now: Int64) -> FeedNews {
    var news = FeedNews()
    guard let venue = venuePlaces[source] else { return news }
    venues[venue].lastHeartbeat = now
    guard venues[venue].state == .lost else { return news }
    venues[venue].state = .mute
    news.links.append(finding(venue, .mute, now &- venues[venue].pace.last, .firing))
    return news
  }

  mutating func connection(_ event: Connection, at now: Int64) -> FeedNews {
    var news = FeedNews()
    guard let venue = place(of: event.source, at: now) else { return news }
    if event.state == .connected {
      venues[venue].downSince = nil
      venues[venue].warmUntil = now.addingSaturated(Self.warmUp)
    } else if venues[venue].downSince == nil {
      venues[venue].downSince = now
      armLink(venue)
    }
    if let storm = reconnect(venue, event.state, at: now) { news.links.append(storm) }
    return news
  }

  private mutating func reconnect(
    _ venue: Int,
    _ kind: Connection.State,
    at now: Int64
  ) -> LinkFinding? {
    let window = reconnectLimit.window.wholeNanoseconds
    guard venues[venue].reconnects.note(kind, at: now, capacity: reconnectLimit.count),
      let span = venues[venue].reconnects.span, span <= window, !venues[venue].reconnects.isTold
    else { return nil }
    venues[venue].reconnects.isTold = true
    venueTimers.arm(venue * 2 + 1, at: Instant(nanoseconds: now.addingSaturated(window)))
    return storm(venue, span, .firing)
  }

  /// Ends a reconnect storm when no reconnect has come for the window.
  mutating func calm(_ venue: Int, at instant: Instant) -> Due<FeedNews>? {
    let window = reconnectLimit.window.wholeNanoseconds
    let due = (venues[venue].reconnects.last ?? .min).addingSaturated(window)
    guard due <= instant.nanoseconds else {
      venueTimers.arm(venue * 2 + 1, at: Instant(nanoseconds: due))
      return nil
    }
    venues[venue].reconnects.isTold = false
    var news = FeedNews()
    news.links.append(storm(venue, window, .resolved))
    return Due(news, at: instant, .quiet, isMade: true)
  }

  private func storm(_ venue: Int, _ span: Int64, _ phase: Phase) -> LinkFinding {
    LinkFinding(
      venue: venueNames[venue],
      kind: .reconnecting,
      age: .nanoseconds(span),
      limit: reconnectLimit.window,
      count: venues[venue].reconnects.count,
      phase: phase
    )
  }

  /// Forgets a stream. What was told of it is told back; so is the link of a venue without streams.
  mutating func release(_ key: StreamKey, at now: Int64) -> FeedNews {
    var news = FeedNews()
    guard let slot = streams.slot(of: key) else { return news }
    let (stream, venue) = (streams[slot], Int(streams[slot].venue))
    let silence = now &- stream.pace.last
    if stream.state == .told || stream.state == .missing {
      venues[venue].silent -= 1
      let limit = stream.pace.limit
      news.ages.append(age(of: slot, .nanoseconds(silence), limit: limit, .resolved))
    }
    venues[venue].members -= 1
    streamTimers.cancel(slot)
    streams.remove(slot)
    if venues[venue].members == 0, venues[venue].state != .up {
      let kind: LinkFinding.Kind = venues[venue].state == .mute ? .mute : .lost
      venues[venue].state = .up
      news.links.append(finding(venue, kind, now &- venues[venue].pace.last, .resolved))
    }
    return news
  }
}

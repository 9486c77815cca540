public import Tocsin

/// A drawdown that became deep enough to tell, or is over.
public struct DrawdownChange: Hashable, Codable, Sendable, KeyedEvent, Phased {
  /// Whose drawdown it is.
  public var key: PerformanceKey
  /// How it was up to now. Over, without a recovery, when everything was lost and the account was
  /// filled again.
  public var episode: DrawdownEpisode
  /// Firing when it became deep enough, resolved when it is over.
  public var phase: Phase

  /// Makes a change.
  public init(key: PerformanceKey, episode: DrawdownEpisode, phase: Phase) {
    self.key = key
    self.episode = episode
    self.phase = phase
  }

  /// The same as a warning: `performance.drawdown`, about the account or strategy.
  public var alert: Alert {
    let tenths = Int((-episode.depth * 1_000).rounded())
    return Alert(
      "performance.drawdown",
      .warning,
      subject: key.description,
      message: "The equity of \(key) was \(tenths / 10).\(tenths % 10) % below its best.",
      value: episode.depth,
      phase: phase
    )
  }
}

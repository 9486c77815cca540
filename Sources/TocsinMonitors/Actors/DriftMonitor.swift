public import Tocsin

/// Watches whether our book and the broker's agree.
///
/// ```swift
/// let drift = DriftMonitor(on: lane, watching: market)
/// Tap(drift.findings).alert { $0.alert }.route { Otherwise { pager } }
/// ```
///
/// Make it on its lane, in the build closure of a graph. It compares every two position reports, one
/// of each book, that come within `maximumGap` of each other, leaves out symbols of which a fill may
/// be on its way, and tells only changes that `confirmations` comparisons in a row have found. Minor
/// differences are of severity info, moderate ones warning, critical ones critical.
public actor DriftMonitor: LaneActor {
  /// The lane it lives on.
  public nonisolated let lane: Lane
  /// What it watches. Send events here when it was not given an outlet.
  public nonisolated let events: Outlet<TradingEvent>
  /// Differences that are new, changed or gone, sorted by symbol within one comparison.
  public nonisolated let findings: Outlet<DriftFinding>

  private let board: DriftBoard

  /// Makes a monitor, on its lane.
  ///
  /// - Parameters:
  ///   - lane: The lane it lives on.
  ///   - name: The first part of the names of its outlets and of its steps; unique in a graph.
  ///   - market: What it watches.
  ///   - tolerance: What counts as a difference, and how bad it is.
  ///   - confirmations: How many comparisons in a row must find what is new.
  ///   - guardTime: For how long after a fill the books may differ.
  ///   - maximumGap: How far apart two reports may be and still be compared.
  ///   - maximumAge: After how long without a comparison the books count as unreadable. Never when
  ///     nil; give it wherever reports come regularly.
  ///   - hours: When a missing comparison means something.
  public init(
    on lane: Lane,
    name: String = "drift",
    watching market: Outlet<TradingEvent>? = nil,
    tolerance: DriftTolerance = DriftTolerance(),
    confirmations: Int = 2,
    guardTime: Duration = .seconds(5),
    maximumGap: Duration = .seconds(10),
    maximumAge: Duration? = nil,
    during hours: WatchHours = .always
  ) {
    self.lane = lane
    let events = market ?? Outlet<TradingEvent>("\(name).events")
    let findings = Outlet<DriftFinding>("\(name).findings")
    let board = DriftBoard()
    let settings = DriftWatch.Settings(
      tolerance: tolerance,
      confirmations: confirmations,
      guardTime: guardTime,
      maximumGap: maximumGap,
      maximumAge: maximumAge,
      hours: hours
    )
    let rule = DriftWatch(settings, from: lane.isEventTime ? nil : lane.now)
    _ = Tap(events).timed(rule, "compare").named("\(name).compare").each { news in
      board.take(news)
      findings.send(contentsOf: news.findings)
    }
    self.events = events
    self.findings = findings
    self.board = board
    lane.adopt(self)
  }

  /// The open differences, sorted by symbol and kind.
  public var open: [DriftFinding] {
    board.open.values.sorted {
      ($0.symbol, $0.kind.rawValue) < ($1.symbol, $1.kind.rawValue)
    }
  }

  /// The worst open difference; nil when there is none. Halt trading on critical.
  public var worst: DriftTier? { board.open.values.map(\.tier).max() }
}

/// The open differences. Of one lane.
final class DriftBoard {
  private(set) var open: [DriftFinding.Key: DriftFinding] = [:]

  func take(_ news: DriftNews) {
    for finding in news.findings {
      open[finding.key] = finding.phase == .firing ? finding : nil
    }
  }
}

public import OpenCombine

extension Tap {
  /// Makes an ``Alert`` of every value.
  ///
  /// The subject is the value's key, if it has one; the phase is the value's, if it has one.
  ///
  /// - Parameters:
  ///   - name: The rule, in dotted lower case: `feed.stale`. Unique in the graph; it is the node's
  ///     id.
  ///   - severity: How bad it is.
  ///   - subject: What it is about, where the value's key does not say.
  ///   - message: One sentence for a person. Where not given: the description of a value that has
  ///     one (`CustomStringConvertible`; of a signal that of its value), else the name in words with
  ///     the subject, as in `Feed stale: AAPL.` and `Over: feed stale: AAPL.`
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func alert(
    _ name: String,
    _ severity: Severity,
    subject: ((Upstream.Output) -> String)? = nil,
    message: ((Upstream.Output) -> String)? = nil
  ) -> Tap<Alerted<Upstream>> {
    let shape = AlertShape<Upstream.Output>(name, severity, subject: subject, message: message)
    return alerting(name) { shape.alert(for: $0) }
  }

  /// Makes an ``Alert`` of every value.
  ///
  /// - Parameter make: Makes the alert.
  /// - Returns: A tap behind it.
  @inlinable
  @inline(__always)
  public func alert(
    _ make: @escaping (Upstream.Output) -> Alert
  ) -> Tap<Alerted<Upstream>> {
    alerting(nil, make)
  }

  @usableFromInline
  func alerting(
    _ name: String?,
    _ make: @escaping (Upstream.Output) -> Alert
  ) -> Tap<Alerted<Upstream>> {
    let node = lane.local.makeNode("alert", id: name, after: [self.node]) { step in
      step.role = .alert
      step.givenName = name
    }
    return Tap<Alerted<Upstream>>(
      Alerted(RulePublisher(upstream, Transform(make), on: lane, node: node)),
      node,
      on: lane
    )
  }
}

/// How a value becomes an alert. What the type has to say is found out once, not for every value.
@usableFromInline
struct AlertShape<Value> {
  private let name: String
  private let severity: Severity
  private let subject: (Value) -> String
  private let phase: (Value) -> Phase
  /// Nil where neither the graph nor the value has words of its own.
  private let message: ((Value) -> String)?

  @usableFromInline
  init(
    _ name: String,
    _ severity: Severity,
    subject: ((Value) -> String)?,
    message: ((Value) -> String)?
  ) {
    self.name = name
    self.severity = severity
    self.subject = subject ?? Self.ownSubject
    self.message = message ?? AlertWords.description(of: Value.self)
    phase =
      Value.self is any Phased.Type ? { ($0 as? any Phased)?.phase ?? .firing } : { _ in .firing }
  }

  @usableFromInline
  func alert(for value: Value) -> Alert {
    let (subject, phase) = (subject(value), phase(value))
    return Alert(
      name,
      severity,
      subject: subject,
      message: message?(value) ?? AlertWords.sentence(name, about: subject, phase),
      phase: phase
    )
  }

  private static var ownSubject: (Value) -> String {
    guard Value.self is any KeyedEvent.Type else { return { _ in "" } }
    return { value in (value as? any KeyedEvent).map { keyed in "\(keyed.key)" } ?? "" }
  }
}

// MARK: - Routes

/// Where alerts of some severities go.
public struct RouteEntry<Value: Alerting> {
  let severities: Set<Severity>
  let sinks: [RouteSink<Value>]
}

/// One place that alerts go to.
public struct RouteSink<Value: Alerting> {
  let name: String
  let outlet: ObjectIdentifier?
  /// The name of a sink of the graph, still to be found.
  let reference: String?
  let send: (Value) -> Void
}

/// Sends alerts of some severities to sinks. The first entry of a route that takes an alert gets it.
///
/// - Parameters:
///   - severities: `.critical...`, `.warning ... .error`.
///   - sinks: Outlets, or the names of the graph's sinks.
/// - Returns: A tap behind it.
public func On<Value: Alerting, Severities: RangeExpression<Severity>>(
  _ severities: Severities,
  @SinkBuilder<Value> _ sinks: () -> [RouteSink<Value>]
) -> RouteEntry<Value> {
  RouteEntry(severities: Set(Severity.allCases.filter(severities.contains)), sinks: sinks())
}

/// Sends alerts of one severity to sinks.
public func On<Value: Alerting>(
  _ severity: Severity,
  @SinkBuilder<Value> _ sinks: () -> [RouteSink<Value>]
) -> RouteEntry<Value> {
  RouteEntry(severities: [severity], sinks: sinks())
}

/// Sends what no entry before took to sinks.
public func Otherwise<Value: Alerting>(
  @SinkBuilder<Value> _ sinks: () -> [RouteSink<Value>]
) -> RouteEntry<Value> {
  RouteEntry(severities: Set(Severity.allCases), sinks: sinks())
}

/// Collects the sinks of a route's entry.
@resultBuilder
public enum SinkBuilder<Value: Alerting> {
  public static func buildExpression(_ outlet: Outlet<Value>) -> [RouteSink<Value>] {
    [
      RouteSink(name: outlet.name, outlet: ObjectIdentifier(outlet), reference: nil) {
        outlet.send($0)
      }
    ]
  }

  /// A sink of the graph, by its name.
  public static func buildExpression(_ name: String) -> [RouteSink<Value>] {
    [RouteSink(name: name, outlet: nil, reference: name) { _ in }]
  }

  /// A closure, called on the lane. It must be quick.
  public static func buildExpression(
    _ body: @escaping (Value) -> Void
  ) -> [RouteSink<Value>] {
    [RouteSink(name: "closure", outlet: nil, reference: nil, send: body)]
  }

  public static func buildBlock(_ sinks: [RouteSink<Value>]...) -> [RouteSink<Value>] {
    sinks.flatMap { $0 }
  }
  public static func buildOptional(_ sinks: [RouteSink<Value>]?) -> [RouteSink<Value>] {
    sinks ?? []
  }
  public static func buildEither(first: [RouteSink<Value>]) -> [RouteSink<Value>] { first }
  public static func buildEither(second: [RouteSink<Value>]) -> [RouteSink<Value>] { second }
  public static func buildArray(_ sinks: [[RouteSink<Value>]]) -> [RouteSink<Value>] {
    sinks.flatMap { $0 }
  }
}

/// Collects the entries of a route.
@resultBuilder
public enum RouteBuilder<Value: Alerting> {
  /// Tells an entry what it routes, so that its sinks need no types.
  public static func buildExpression(_ entry: RouteEntry<Value>) -> RouteEntry<Value> { entry }
  public static func buildBlock(_ entries: RouteEntry<Value>...) -> [RouteEntry<Value>] { entries }
}

public import Tocsin

/// What is expected of an alert: all that is given must be so, the rest may be anything.
///
/// ```swift
/// At(.seconds(3)) { Fired("level.high", .error) }
/// At(.minutes(1)) { Resolved("level.high") }
/// ```
public struct AlertMatcher: Sendable, CustomStringConvertible {
  /// The whole alert, where nothing is left open.
  var exact: Alert?
  var name = ""
  var phase = Phase.firing
  var severity: Severity?
  var subject: String?
  var message: String?
  var occurrences: Int?

  /// Whether an alert is what is expected.
  public func matches(_ alert: Alert) -> Bool {
    if let exact { return exact == alert }
    return name == alert.key.name && phase == alert.phase
      && severity.map { $0 == alert.severity } != false
      && subject.map { $0 == alert.key.subject } != false
      && message.map { $0 == alert.message } != false
      && occurrences.map { $0 == alert.occurrences } != false
  }

  /// `error level.high(AAPL) firing "20"`, without what is open.
  public var description: String {
    if let exact { return exact.timelineText }
    var text = severity.map { "\($0) " } ?? ""
    text += "\(AlertKey(name, subject: subject ?? "")) \(phase)"
    if let message { text += " \"\(message)\"" }
    if let occurrences, occurrences != 1 { text += " ×\(occurrences)" }
    return text
  }
}

/// Expects an alert that fires. What is not given may be anything.
public func Fired(
  _ name: String,
  _ severity: Severity? = nil,
  subject: String? = nil,
  message: String? = nil,
  occurrences: Int? = nil
) -> AlertMatcher {
  AlertMatcher(
    name: name,
    phase: .firing,
    severity: severity,
    subject: subject,
    message: message,
    occurrences: occurrences
  )
}

/// Expects the closing message of an alert. What is not given may be anything.
public func Resolved(
  _ name: String,
  _ severity: Severity? = nil,
  subject: String? = nil,
  message: String? = nil,
  occurrences: Int? = nil
) -> AlertMatcher {
  AlertMatcher(
    name: name,
    phase: .resolved,
    severity: severity,
    subject: subject,
    message: message,
    occurrences: occurrences
  )
}

extension ValuesBuilder<AlertMatcher> {
  /// Exactly this alert.
  public static func buildExpression(_ alert: Alert) -> [AlertMatcher] {
    [AlertMatcher(exact: alert)]
  }
}

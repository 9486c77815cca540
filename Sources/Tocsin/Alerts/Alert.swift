/// Names one alert among all: the rule that raised it and what it is about.
public struct AlertKey: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The rule, in dotted lower case: `feed.stale`.
  public var name: String
  /// What the alert is about: a symbol, a component, an order. Empty when there is only one.
  public var subject: String

  /// Makes a key of a rule and what it is about.
  public init(_ name: String, subject: String = "") {
    self.name = name
    self.subject = subject
  }

  /// `feed.stale` or `feed.stale(AAPL)`.
  public var description: String { subject.isEmpty ? name : "\(name)(\(subject))" }
}

extension AlertKey {
  /// Hashes both texts at once: keys are looked up for every alert.
  public func hash(into hasher: inout Hasher) { hasher.combine(quickHash(name, subject)) }

  /// The same without a `Hasher`, for tables that mix bits themselves.
  public var hashValue: Int { Int(truncatingIfNeeded: quickHash(name, subject)) }
}

/// Something a person or a machine should know about.
public struct Alert: Alerting, Hashable, Codable {
  /// The rule that raised it, and what it is about. Alerts of equal keys are repeats of each other.
  public var key: AlertKey
  /// How bad it is.
  public var severity: Severity
  /// Whether the condition holds or has ended.
  public var phase: Phase
  /// One sentence for a person.
  public var message: String
  /// The number that broke the rule, where there is one.
  public var value: Double?
  /// How many alerts this one stands for; see ``Alerting/occurrences``.
  public var occurrences: Int
  /// Facts for routing and filtering, for instance `["venue": "binance"]`.
  public var labels: [String: String]

  /// Makes an alert.
  ///
  /// - Parameters:
  ///   - name: The rule that raised it, in dotted lower case.
  ///   - severity: How bad it is.
  ///   - subject: What it is about. Empty when there is only one.
  ///   - message: One sentence for a person.
  ///   - value: The number that broke the rule, where there is one.
  ///   - phase: Whether the condition holds or has ended.
  ///   - labels: Facts for routing and filtering.
  public init(
    _ name: String,
    _ severity: Severity,
    subject: String = "",
    message: String = "",
    value: Double? = nil,
    phase: Phase = .firing,
    labels: [String: String] = [:]
  ) {
    key = AlertKey(name, subject: subject)
    self.severity = severity
    self.phase = phase
    self.message = message
    self.value = value
    occurrences = 1
    self.labels = labels
  }
}

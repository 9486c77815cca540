import Tocsin

/// What makes a kill switch stricter: a kind, and what it is about.
public struct SafetyCause: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
  /// The kinds of causes.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    /// A person, by name.
    case person
    /// A part of the program, by name.
    case program
    /// Data that decisions need is missing.
    case missingData
    /// Our book and the broker's differ.
    case drift
    /// A figure is beyond its limit.
    case limit
    /// A condition of the user's own.
    case condition
    /// The saved state could not be read.
    case savedState
    /// The last run did not end in an orderly way, so the newest change may not have been saved.
    case uncleanStop
  }

  /// What kind of cause it is.
  public var kind: Kind
  /// What it is about: a name, a symbol, a figure.
  public var subject: String

  /// Makes a cause.
  public init(_ kind: Kind, _ subject: String = "") {
    self.kind = kind
    self.subject = subject
  }

  /// Whether it goes on until it is said to have ended, and refuses a reset until then. What a
  /// person or a part of the program did is done.
  public var isCondition: Bool {
    switch kind {
    case .missingData, .drift, .limit, .condition: true
    case .person, .program, .savedState, .uncleanStop: false
    }
  }

  /// `drift(AAPL)`.
  public var description: String {
    subject.isEmpty ? kind.rawValue : "\(kind.rawValue)(\(subject))"
  }

  public static func < (left: SafetyCause, right: SafetyCause) -> Bool {
    (left.kind.rawValue, left.subject) < (right.kind.rawValue, right.subject)
  }
}

extension SafetyCause {
  /// A difference of the books: each item and kind is a cause of its own, so that the end of one
  /// does not end another. `AAPL ghostPosition`, `orders o-17 unexpectedOrder`.
  init(_ finding: DriftFinding) {
    let isHeld = finding.topic == .positions && !finding.item.id.isEmpty
    let what = isHeld ? finding.item.id : "\(finding.item)"
    self.init(.drift, "\(what) \(finding.kind.rawValue)")
  }
}

/// Somebody or something wants the kill switch to be at least as strict as a mode.
public struct SafetyDemand: Hashable, Codable, Sendable {
  /// The mode. ``SafetyMode/active`` says that the cause has ended.
  public var mode: SafetyMode
  /// What wants it.
  public var cause: SafetyCause
  /// Why, in words for a person.
  public var reason: String

  /// Makes a demand. Of a reason 500 characters are kept.
  public init(_ mode: SafetyMode, _ cause: SafetyCause, because reason: String) {
    self.mode = mode
    self.cause = cause
    self.reason = reason.bounded
  }
}

/// A person wants the kill switch to be less strict.
public struct SafetyReset: Hashable, Codable, Sendable {
  /// The mode that is wanted.
  public var mode: SafetyMode
  /// Who wants it.
  public var person: String
  /// Why.
  public var reason: String
  /// Whether it is to be done although a cause still holds.
  public var isForced: Bool

  /// Makes a reset. Of the texts 500 characters are kept.
  public init(
    to mode: SafetyMode = .active,
    by person: String,
    because reason: String,
    isForced: Bool = false
  ) {
    self.mode = mode
    self.person = person.bounded
    self.reason = reason.bounded
    self.isForced = isForced
  }
}

extension String {
  /// At most 500 characters: texts from outside are kept in histories and files.
  var bounded: String { utf8.count <= 500 ? self : String(prefix(500)) }

  /// Whether nothing can be read in it.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

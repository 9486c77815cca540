/// Where an order is in its life.
public enum OrderState: String, CaseIterable, Hashable, Codable, Sendable {
  /// A strategy wants it; it was not sent.
  case signalled
  /// It was sent; the broker did not answer yet.
  case submitted
  /// Sending ended without an answer: it may be live. It stays so until the broker tells.
  case unconfirmed
  /// The broker has it.
  case acknowledged
  /// A part of it was traded.
  case partiallyFilled
  /// All of it was traded.
  case filled
  /// It was refused.
  case rejected
  /// It was cancelled, possibly after a part was traded.
  case cancelled
  /// Its time ran out, possibly after a part was traded.
  case expired

  /// True when nothing more should happen to the order.
  public var isTerminal: Bool {
    switch self {
    case .signalled, .submitted, .unconfirmed, .acknowledged, .partiallyFilled: false
    case .filled, .rejected, .cancelled, .expired: true
    }
  }
}

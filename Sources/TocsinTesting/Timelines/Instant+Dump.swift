public import CustomDump
public import Tocsin

extension Instant: CustomDumpStringConvertible {
  /// The instant as an offset from the epoch, at which virtual time starts: `3s`.
  public var customDumpDescription: String {
    switch self {
    case .distantPast: "distantPast"
    case .distantFuture: "distantFuture"
    default: Instant.epoch.duration(to: self).offsetText
    }
  }
}

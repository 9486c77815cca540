internal import Tocsin

extension Duration {
  /// The duration as an offset on a time line: `3s`, `2m5s`, `1.5ms`, `1h0.25s`, `-20ms`, `0s`.
  ///
  /// Exact to the nanosecond; ``init(offsetText:)`` reads it back.
  package var offsetText: String {
    let nanoseconds = wholeNanoseconds
    let sign = nanoseconds < 0 ? "-" : ""
    return sign + Self.offsetText(nanoseconds.magnitude)
  }

  private static func offsetText(_ nanoseconds: UInt64) -> String {
    if nanoseconds == 0 { return "0s" }
    if nanoseconds < 1_000 { return "\(nanoseconds)ns" }
    if nanoseconds < 1_000_000 { return decimal(nanoseconds, 1_000) + "µs" }
    if nanoseconds < 1_000_000_000 { return decimal(nanoseconds, 1_000_000) + "ms" }
    var rest = nanoseconds
    var text = ""
    for (size, unit) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(UInt64, String)] {
      let (count, left) = rest.quotientAndRemainder(dividingBy: size * 1_000_000_000)
      if count > 0 { text += "\(count)\(unit)" }
      rest = left
    }
    return rest == 0 ? text : text + decimal(rest, 1_000_000_000) + "s"
  }

  /// A quotient by a power of ten with as many decimals as it needs.
  private static func decimal(_ number: UInt64, _ size: UInt64) -> String {
    let (whole, rest) = number.quotientAndRemainder(dividingBy: size)
    var decimals = String(String(size + rest).dropFirst())
    while decimals.last == "0" { decimals.removeLast() }
    return decimals.isEmpty ? "\(whole)" : "\(whole).\(decimals)"
  }

  /// Reads `5m`, `1.5s`, `300ms`, `2m5s`: numbers with units from `d h m min s ms us µs ns`. Nil
  /// when it is not written so, when a part is finer than a nanosecond, or when it does not fit.
  package init?(offsetText text: String) {
    guard let parts = OffsetPart.parts(of: text) else { return nil }
    var total: Int64 = 0
    for part in parts {
      guard let nanoseconds = part.nanoseconds else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(nanoseconds)
      guard !overflow else { return nil }
      total = sum
    }
    self = .nanoseconds(total)
  }
}

/// A number and a unit: `1.5s`.
struct OffsetPart {
  private let whole: Substring
  private let decimals: Substring
  private let size: Int64

  /// The parts of a text that is written like a duration, whether or not it fits; nil for others.
  static func parts(of text: String) -> [OffsetPart]? {
    var rest = Substring(text)
    var parts: [OffsetPart] = []
    while !rest.isEmpty {
      guard let part = OffsetPart(of: &rest) else { return nil }
      parts.append(part)
    }
    return parts.isEmpty ? nil : parts
  }

  private init?(of rest: inout Substring) {
    whole = rest.prefix(while: Self.isDigit)
    rest = rest.dropFirst(whole.count)
    let hasPoint = rest.first == "."
    decimals = hasPoint ? rest.dropFirst().prefix(while: Self.isDigit) : ""
    if hasPoint { rest = rest.dropFirst(decimals.count + 1) }
    let unit = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(unit.count)
    guard !whole.isEmpty, hasPoint != decimals.isEmpty, let size = Self.sizes[String(unit)] else {
      return nil
    }
    self.size = size
  }

  /// Nil when it is finer than a nanosecond or does not fit.
  var nanoseconds: Int64? {
    guard let count = Int64(whole) else { return nil }
    var (sum, overflow) = count.multipliedReportingOverflow(by: size)
    var unit = size
    for digit in decimals {
      guard unit.isMultiple(of: 10), let value = digit.wholeNumberValue else { return nil }
      unit /= 10
      let (more, isTooMuch) = sum.addingReportingOverflow(Int64(value) * unit)
      (sum, overflow) = (more, overflow || isTooMuch)
    }
    return overflow ? nil : sum
  }

  private static func isDigit(_ letter: Character) -> Bool { letter >= "0" && letter <= "9" }

  private static let sizes: [String: Int64] = [
    "d": 86_400_000_000_000, "h": 3_600_000_000_000, "m": 60_000_000_000, "min": 60_000_000_000,
    "s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "µs": 1_000, "μs": 1_000, "ns": 1,
  ]
}

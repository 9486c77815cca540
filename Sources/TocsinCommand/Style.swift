import Tocsin

/// How text looks on a terminal.
struct Style {
  let hasColour: Bool

  func severity(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .info: paint(text, "36")
    case .warning: paint(text, "33")
    case .error: paint(text, "31")
    case .critical: paint(text, "1;37;41")
    }
  }

  func resolved(_ text: String) -> String { paint(text, "32") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func strong(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// The text with spaces behind it, up to a width.
  func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  /// The text with spaces before it, up to a width.
  func rightAligned(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}

extension Int {
  /// `1,234,567`.
  var grouped: String {
    var digits = String(magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return self < 0 ? "-" + digits : digits
  }
}

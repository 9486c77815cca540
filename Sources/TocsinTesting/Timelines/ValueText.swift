internal import CustomDump
internal import Tocsin

/// How a value reads in one line of a timeline: strings in quotes, alerts in words, what else there
/// is as CustomDump shows it.
func valueText(_ value: some Any) -> String {
  switch value {
  case let text as String: "\"\(text)\""
  case let letter as Character: "\"\(letter)\""
  case let alert as Alert: alert.timelineText
  case let matcher as AlertMatcher: matcher.description
  case let reason as Reason: reason.description
  default: oneLine(String(customDumping: value))
  }
}

/// A dump of several lines as one.
private func oneLine(_ dump: String) -> String {
  dump.split(separator: "\n").reduce(into: "") { text, line in
    let part = line.drop { $0 == " " }
    let isOpen = text.last == "(" || text.last == "["
    let closes = part.first == ")" || part.first == "]"
    text += (text.isEmpty || isOpen || closes ? "" : " ") + part
  }
}

extension Alert {
  /// `error level.high(AAPL) firing "20" value 20.0 ×3 [venue: x]`, without what is empty.
  var timelineText: String {
    var text = "\(severity) \(key) \(phase)"
    if !message.isEmpty { text += " \"\(message)\"" }
    if let value { text += " value \(value)" }
    if occurrences != 1 { text += " ×\(occurrences)" }
    if !labels.isEmpty {
      let words = labels.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      text += " [\(words.joined(separator: ", "))]"
    }
    return text
  }
}

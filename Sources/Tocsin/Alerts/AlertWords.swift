/// The message of an alert for which nobody has given one.
///
/// A value that has a description says it; a signal says that of its value. Anything else would be a
/// dump of its fields, so the name of the alert is said in words, with what it is about:
///
///     alert("feed.stale", .error)   Feed stale: AAPL.   Over: feed stale: AAPL.
enum AlertWords {
  /// How values of a type describe themselves; nil when they do not.
  static func description<Value>(of type: Value.Type) -> ((Value) -> String)? {
    if isDescribed(type) { return { "\($0)" } }
    guard let wrapping = type as? any Wrapping.Type, isInnerDescribed(wrapping) else { return nil }
    return { value in (value as? any Wrapping).map { innerDescription($0) } ?? "" }
  }

  /// The name of an alert, the subject and the phase as one sentence.
  static func sentence(_ name: String, about subject: String, _ phase: Phase) -> String {
    let words = words(name)
    let what = subject.isEmpty ? words : "\(words): \(subject)"
    return phase == .resolved
      ? "Over: \(what)." : "\(what.prefix(1).uppercased())\(what.dropFirst())."
  }

  /// `killSwitch.engaged` as `kill switch engaged`.
  static func words(_ name: String) -> String {
    var (words, isAfterSmall) = ("", false)
    for letter in name {
      if letter.isUppercase, isAfterSmall { words += " " }
      words += letter.isLetter || letter.isNumber ? letter.lowercased() : " "
      isAfterSmall = letter.isLowercase
    }
    return words.split(separator: " ").joined(separator: " ")
  }

  private static func isDescribed(_ type: Any.Type) -> Bool {
    type is any CustomStringConvertible.Type
  }

  private static func isInnerDescribed<Wrapper: Wrapping>(_ type: Wrapper.Type) -> Bool {
    isDescribed(Wrapper.Inner.self)
  }

  private static func innerDescription(_ value: some Wrapping) -> String { "\(value.inner)" }
}

/// A value around another one, whose words are those of the one inside.
protocol Wrapping<Inner> {
  associatedtype Inner
  var inner: Inner { get }
}

extension Signal: Wrapping {
  var inner: Value { value }
}

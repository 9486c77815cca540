/// How the values of a marble text are found by their names, and drawn again.
struct MarbleValues<Value> {
  /// The value of a name.
  var value: (String) -> Value?
  /// The name of a value; nil when it has none.
  var name: (Value) -> String?
  /// The names there are; nil when there is no list.
  var known: [String]?
  /// A name that could never be read, if there is one.
  var reserved: String?

  /// Whether a name stands for a value. Quoted names are asked for as they are.
  func isKnown(_ name: String) -> Bool { value(name) != nil }
}

extension MarbleValues {
  /// Values by a dictionary of names.
  init(_ values: [String: Value], same: @escaping (Value, Value) -> Bool) {
    value = { values[$0] }
    let names = values.keys.sorted()
    name = { drawn in names.first { name in values[name].map { same($0, drawn) } ?? false } }
    known = names
    reserved = names.first { !MarbleTokens.isPlain($0) }
  }

  /// Values by a closure. They are drawn by their description.
  init(_ value: @escaping (String) -> Value?) {
    self.value = value
    name = { "\($0)" }
  }
}

extension MarbleValues where Value: LosslessStringConvertible {
  /// Values that stand for themselves: strings, characters, numbers.
  static var themselves: Self {
    var values = Self { Value($0) }
    values.name = { $0.description }
    return values
  }
}

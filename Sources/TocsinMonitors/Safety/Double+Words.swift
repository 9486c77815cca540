extension Double {
  /// The number to six digits.
  var shortly: String {
    guard isFinite, magnitude < 1e9, magnitude >= 1e-4 || self == 0 else { return "\(self)" }
    let scale = magnitude >= 1_000 ? 100.0 : 1e6
    return "\((self * scale).rounded() / scale)"
  }

  /// `12.5 %`.
  var percent: String {
    let tenths = (self * 1_000).rounded()
    guard tenths.magnitude < 1e15 else { return "\(self)" }
    return "\(tenths / 10) %"
  }
}

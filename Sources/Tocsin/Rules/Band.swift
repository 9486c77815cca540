/// Two levels of a number: one that begins something and one that ends it.
@frozen
public struct Band: Hashable, Codable, Sendable {
  /// Where it begins.
  public let enter: Double
  /// Where it ends.
  public let leave: Double
  /// Whether it begins with high numbers; false with low ones.
  public let isAbove: Bool

  @inlinable
  internal init(enter: Double, leave: Double, isAbove: Bool) {
    self.enter = enter
    self.leave = leave
    self.isAbove = isAbove
  }

  /// Begins with a number of `enter` or more and ends with one below `leave`.
  ///
  /// - Parameters:
  ///   - enter: Where it begins.
  ///   - leave: Below what it ends. At most `enter`; neither may be NaN.
  /// - Returns: A band above.
  @inlinable
  public static func above(_ enter: Double, leave: Double) -> Band {
    precondition(
      leave <= enter,
      "a band above \(enter) has to be left at or below it, not \(leave)"
    )
    return Band(enter: enter, leave: leave, isAbove: true)
  }

  /// Begins with a number of `enter` or less and ends with one above `leave`.
  ///
  /// - Parameters:
  ///   - enter: Where it begins.
  ///   - leave: Above what it ends. At least `enter`; neither may be NaN.
  /// - Returns: A band below.
  @inlinable
  public static func below(_ enter: Double, leave: Double) -> Band {
    precondition(
      leave >= enter,
      "a band below \(enter) has to be left at or above it, not \(leave)"
    )
    return Band(enter: enter, leave: leave, isAbove: false)
  }

  /// Whether a number begins it. False for NaN.
  @inlinable
  @inline(__always)
  public func isEntered(by number: Double) -> Bool {
    isAbove ? number >= enter : number <= enter
  }

  /// Whether a number ends it. False for NaN.
  @inlinable
  @inline(__always)
  public func isLeft(by number: Double) -> Bool {
    isAbove ? number < leave : number > leave
  }
}

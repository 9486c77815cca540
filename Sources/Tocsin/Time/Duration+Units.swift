extension Duration {
  /// So many minutes of 60 seconds.
  @inlinable
  public static func minutes(_ count: some BinaryInteger) -> Duration {
    .seconds(Int64(count) * 60)
  }

  /// So many hours of 60 minutes.
  @inlinable
  public static func hours(_ count: some BinaryInteger) -> Duration {
    .seconds(Int64(count) * 3_600)
  }

  /// So many days of 24 hours.
  @inlinable
  public static func days(_ count: some BinaryInteger) -> Duration {
    .seconds(Int64(count) * 86_400)
  }
}

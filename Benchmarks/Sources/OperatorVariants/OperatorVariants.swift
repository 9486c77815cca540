public import Harness

/// Each operator of the catalogue alone, in the steady state: what it remembers is there before the
/// first measured value.
public enum OperatorVariants {
  /// All of them; the first is the baseline.
  public static var all: [Variant] {
    OneStream.all + PerKey.all + ByHand.all + JoinVariants.all + BesideStock.all
  }
}

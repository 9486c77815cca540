public import Harness

/// The variants that run on Tocsin's own engine.
public enum EngineVariants {
  /// All of them, in the order of the tables. A group's first variant is its baseline; the group
  /// "graph" has its baseline already.
  public static var all: [Variant] {
    PublisherVariants.all + ActorVariants.all + EdgeVariants.all + TimerVariants.all
      + StampVariants.all
  }
}

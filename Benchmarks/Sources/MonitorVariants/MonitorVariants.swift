public import Harness

/// Values of the monitors alone, in the steady state: what they remember is full before the first
/// measured event.
public enum MonitorVariants {
  /// All of them; the first is the baseline.
  public static var all: [Variant] {
    PerformanceVariants.all + ExecutionVariants.all + CalendarVariants.all
  }
}

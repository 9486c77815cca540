import Harness
import ReferenceGraph

extension Variant {
  /// An operator alone, on readings.
  static func readings(
    _ name: String,
    _ summary: String,
    _ plan: Plan = Plan(),
    family: String? = nil,
    _ build: @escaping @Sendable (Site<Reading>) -> Void
  ) -> Variant {
    operation(name, summary, plan, family: family, build)
  }

  /// An operator alone, on alerts.
  static func notices(
    _ name: String,
    _ summary: String,
    _ plan: Plan = Plan(),
    family: String? = nil,
    _ build: @escaping @Sendable (Site<Notice>) -> Void
  ) -> Variant {
    operation(name, summary, plan, family: family, build)
  }

  private static func operation<Value: Drawn>(
    _ name: String,
    _ summary: String,
    _ plan: Plan,
    family: String?,
    _ build: @escaping @Sendable (Site<Value>) -> Void
  ) -> Variant {
    Variant("op-" + name, summary, in: .operators, family: family ?? name) { workload in
      Run(steady: workload.events.count) {
        let rig = Rig<Value>(workload, plan, build)
        return { rig.measure() }
      }
    }
  }
}

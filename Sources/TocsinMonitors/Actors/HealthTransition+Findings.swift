import Tocsin

extension FeedAge {
  /// The same as the change of a component.
  var transition: HealthTransition {
    let isFiring = phase == .firing
    return HealthTransition(
      component: clock == .receive ? stream.description : "\(stream) lag",
      from: isFiring ? .healthy : .unhealthy,
      to: isFiring ? .unhealthy : .healthy,
      reason: reason,
      value: age.inSeconds
    )
  }

  private var reason: String {
    switch (clock, phase) {
    case (.receive, .firing): "nothing arrived for \(age.words)"
    case (.receive, .resolved): "it sends again after \(age.words)"
    case (.venue, .firing): "data is \(age.words) late (limit \(limit.words))"
    case (.venue, .resolved): "data is on time again"
    }
  }
}

extension LinkFinding {
  /// The same as the change of a component.
  var transition: HealthTransition {
    let isFiring = phase == .firing
    return HealthTransition(
      component: component,
      from: isFiring ? .healthy : status,
      to: isFiring ? status : .healthy,
      reason: reason,
      value: kind == .reconnecting ? Double(count) : age.inSeconds
    )
  }
}

extension HealthTransition {
  /// More streams came than are watched.
  static func full(_ monitor: String, _ count: Int) -> HealthTransition {
    HealthTransition(
      component: "\(monitor) streams",
      from: .healthy,
      to: .degraded,
      reason: "more than \(count) streams came: those beyond are not watched, raise streamLimit",
      value: Double(count)
    )
  }
}

extension Blueprint {
  /// Checks the graph.
  ///
  /// - Throws: Everything that is wrong with it.
  func check(graph: String) throws(GraphError) {
    var problems = self.problems
    problems += steps.compactMap(\.problem)
    problems += danglingTaps()
    problems += duplicateNames()
    problems += alertsWithoutRoute()
    problems += cyclesWithoutDelay()
    if !problems.isEmpty { throw GraphError(graph: graph, problems: problems) }
  }

  private func danglingTaps() -> [GraphProblem] {
    let used = Set(steps.flatMap(\.inputs))
    return steps.indices.filter { !used.contains($0) && !steps[$0].isTerminal }.map { index in
      let id = steps[index].node.id
      return GraphProblem(
        .danglingTap,
        id,
        "Nothing takes what \"\(id)\" gives. End the chain in .route { }, .each { } or .send(to:), "
          + "or merge it into one that does."
      )
    }
  }

  private func duplicateNames() -> [GraphProblem] {
    let names = steps.compactMap(\.givenName)
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.filter { $0.value > 1 }.sorted { $0.key < $1.key }.map { name, count in
      GraphProblem(
        .duplicateName,
        name,
        "\(count) nodes are named \"\(name)\". Give each a name of its own: counters, traces and "
          + "alert keys would be mixed up."
      )
    }
  }

  private func alertsWithoutRoute() -> [GraphProblem] {
    let next = successors()
    return steps.indices.filter { steps[$0].role == .alert }.compactMap { index in
      let reached = reachable(from: index, next)
      let isRouted = reached.contains { steps[$0].role == .route || !steps[$0].writes.isEmpty }
      let isDangling = reached.contains { next[$0].isEmpty && !steps[$0].isTerminal }
      guard !isRouted, !isDangling else { return nil }
      let id = steps[index].node.id
      return GraphProblem(
        .alertWithoutRoute,
        id,
        "Alert \"\(id)\" reaches no route: nobody would be told. End its chain in .route { }, or "
          + "merge it into one that does."
      )
    }
  }

  private func cyclesWithoutDelay() -> [GraphProblem] {
    var next = successors()
    for (index, step) in steps.enumerated() {
      for (other, reader) in steps.enumerated() {
        if let outlet = reader.reads, step.writes.contains(outlet) { next[index].append(other) }
      }
    }
    var known: Set<Set<Int>> = []
    return steps.indices.compactMap { start in
      guard steps[start].reads != nil, let path = cycle(from: start, next),
        known.insert(Set(path)).inserted
      else { return nil }
      let words = (path + [start]).map { "\"\(steps[$0].node.id)\"" }.joined(separator: " → ")
      return GraphProblem(
        .cycleWithoutDelay,
        steps[start].node.id,
        "A value can go round for ever in one instant: \(words). Put a debounce, a hold or a window "
          + "into the cycle."
      )
    }
  }

  /// A way from a step back to itself that passes no delay.
  private func cycle(from start: Int, _ next: [[Int]]) -> [Int]? {
    var visited: Set<Int> = []
    func walk(_ index: Int, _ path: [Int]) -> [Int]? {
      for following in next[index] {
        if following == start { return path }
        guard !steps[following].isDelay, visited.insert(following).inserted else { continue }
        if let found = walk(following, path + [following]) { return found }
      }
      return nil
    }
    return steps[start].isDelay ? nil : walk(start, [start])
  }

  private func successors() -> [[Int]] {
    var next: [[Int]] = Array(repeating: [], count: steps.count)
    for (index, step) in steps.enumerated() {
      for input in step.inputs { next[input].append(index) }
    }
    return next
  }

  private func reachable(from start: Int, _ next: [[Int]]) -> Set<Int> {
    var reached: Set<Int> = [start]
    var open = [start]
    while let index = open.popLast() {
      for following in next[index] where reached.insert(following).inserted {
        open.append(following)
      }
    }
    return reached
  }
}

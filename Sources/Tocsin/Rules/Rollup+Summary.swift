extension Rollup {
  /// Opens a summary with the value, or adds it to the one that is open.
  @inlinable
  @inline(__always)
  internal mutating func summarise(_ input: Value, _ standing: Standing?, at now: Instant) {
    guard open != nil else {
      open = RolledUpFacts(input, standing?.severity, at: now)
      return
    }
    if open?.isLastKept == true, let last = open?.last { keep(last) }
    let isKept = standing?.phase == .resolved || keptCount < Int(plan.sampleLimit) - 1
    open?.add(input, standing?.severity, isKept: isKept)
  }

  /// How many values of the sample lie between its first and its last one.
  @inlinable internal var keptCount: Int {
    @inline(__always) get { Int(fewCount) &+ (_slowPath(isListed) ? list.count : 0) }
  }

  @inlinable
  @inline(__always)
  internal mutating func keep(_ value: Value) {
    if isListed || Int(fewCount) == FewValues<Value>.capacity { return addToList(value) }
    few.put(value, at: Int(fewCount))
    fewCount &+= 1
  }

  @inlinable
  @inline(never)
  internal mutating func addToList(_ value: Value) {
    if !isListed { list.removeAll(keepingCapacity: true) }
    list.append(value)
    isListed = true
  }

  /// Takes the summary that is open, of which there must be one, as a message. Of one value that is
  /// given when it came it is the message of that value, so that equal messages are equal.
  @inlinable
  @inline(__always)
  internal mutating func takeOpen(at instant: Instant) -> RolledUp<Value> {
    guard let facts = open else { preconditionFailure("no summary is open") }
    open = nil
    if facts.count == 1 && facts.start == instant {
      return RolledUp(facts.first, facts.worst, at: instant)
    }
    let listed = _slowPath(isListed) ? list : []
    let summary = plan.summary(of: facts, until: instant, few, Int(fewCount), listed)
    if _slowPath(isListed) && list.count >= plan.sampleLimit { list = [] }
    (fewCount, isListed) = (0, false)
    return RolledUp(.many(summary))
  }
}

extension Rollup {
  private enum CodingKeys: String, CodingKey {
    case count, window, sampleLimit, start, used, open, kept
  }
}

extension Rollup: Encodable where Value: Encodable {
  /// Saves the summary that is open, and nothing of one that was told.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(plan.count, forKey: .count)
    try container.encode(plan.window, forKey: .window)
    try container.encode(plan.sampleLimit, forKey: .sampleLimit)
    try container.encode(start, forKey: .start)
    try container.encode(used, forKey: .used)
    try container.encodeIfPresent(open, forKey: .open)
    var kept: [Value] = []
    few.append(Int(fewCount), to: &kept)
    if isListed { kept += list }
    try container.encode(kept, forKey: .kept)
  }
}

extension Rollup: Decodable where Value: Decodable {
  /// Reads a rollup as it was saved.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    plan = RollupPlan(
      try container.decode(Int.self, forKey: .count),
      per: try container.decode(Int64.self, forKey: .window),
      sample: try container.decode(Int.self, forKey: .sampleLimit)
    )
    start = try container.decode(Instant.self, forKey: .start)
    used = try container.decode(Int32.self, forKey: .used)
    open = try container.decodeIfPresent(RolledUpFacts<Value>.self, forKey: .open)
    list = try container.decode([Value].self, forKey: .kept)
    isListed = open != nil && !list.isEmpty
  }
}

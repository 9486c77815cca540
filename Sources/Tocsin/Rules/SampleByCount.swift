/// Lets the first value pass, and then every n-th.
///
///     input                    a-b-c-d-e-f-g-|
///     SampleByCount(3)         a-----d-----g-|
///
/// What passes has the reason `sampled`, the rest is dropped (`notSampled`). Nothing is pending at
/// the end of the stream. A number of one or less lets everything pass (`passed`).
///
/// Of values with a phase only the repeats of what was announced are sampled: an alert that opens an
/// episode passes, one that is more severe than what was announced passes (`passed`), a critical
/// one always passes, and an announced episode's end passes (`resolved`). What is dropped is handed
/// on in the number that the next one stands for. So the last word is the truth.
///
/// - Complexity: O(1) time for each value; memory of a few numbers. No allocation.
@frozen
public struct SampleByCountRule<Memory: LimitMemory>: Rule {
  @usableFromInline internal let stride: Int
  /// How many are to be dropped before the next one passes.
  @usableFromInline internal var remaining = 0
  @usableFromInline internal var memory: Memory

  @inlinable
  internal init(_ stride: Int, _ memory: Memory) {
    self.stride = max(1, stride)
    self.memory = memory
  }

  /// Lets every n-th value pass.
  @inlinable
  @inline(__always)
  public mutating func receive(_ input: Memory.Value, at now: Instant) -> Verdict<Memory.Value> {
    if stride == 1 { return .pass(input, .passed) }
    switch memory.claim(of: input) {
    case .closing: return memory.close(input)
    case .urgent: return memory.pass(input, .passed)
    case .limited: return count(input)
    }
  }

  @inlinable
  @inline(__always)
  internal mutating func count(_ input: Memory.Value) -> Verdict<Memory.Value> {
    if remaining == 0 {
      remaining = stride - 1
      return memory.pass(input, .sampled)
    }
    remaining -= 1
    return memory.isNews(input)
      ? memory.pass(input, .passed) : memory.keepBack(input, .notSampled)
  }

  /// Whether the memory prepares for values.
  @inlinable public var prepares: Bool { memory.prepares }
  /// Brings near what is remembered of a value that comes soon.
  @inlinable
  @inline(__always)
  public mutating func prepare(for input: Memory.Value, _ lead: Lead) {
    memory.prepare(for: input, lead)
  }

  /// False while an alert is owed its closing message.
  @inlinable public var canBeForgotten: Bool { memory.canBeForgotten }
}

/// Samples one stream by number: plain values, or the alerts of one key.
public typealias SampleByCount<Value> = SampleByCountRule<StreamMemory<Value>>

/// Samples the alerts of many keys by number; each key's last word is the truth.
public typealias SampleByCountOfEpisodes<Value: KeyedEvent & Phased> =
  SampleByCountRule<EpisodesMemory<Value>>

extension SampleByCountRule {
  /// Makes a rule that has seen nothing.
  ///
  /// - Parameter stride: Of how many values one passes.
  public init<Value>(_ stride: Int) where Memory == StreamMemory<Value> {
    self.init(stride, StreamMemory(.none))
  }

  /// Makes a rule for the alerts of many keys that has seen nothing.
  ///
  /// - Parameter stride: Of how many alerts of all keys one passes.
  public init<Value>(_ stride: Int) where Memory == EpisodesMemory<Value> {
    self.init(stride, EpisodesMemory(.none))
  }
}

extension SampleByCountRule: Sendable where Memory: Sendable {}
extension SampleByCountRule: Encodable where Memory: Encodable {}
extension SampleByCountRule: Decodable where Memory: Decodable {}

public import OpenCombine

extension Tap where Upstream.Output: KeyedEvent {
  /// Lets the latest value pass once in every interval, for each key; see ``SampleRule``.
  ///
  ///     input                   a-b-c-d-e--------f-----|
  ///     sample(every: 4 ticks)  ----b---d---e--------f-|
  ///
  /// The first value starts the interval; after one in which nothing came there is no timer until the
  /// next value. Of alerts the last word is the truth. A key that owes nothing and was not seen for an
  /// hour, or twice the interval, is forgotten.
  @inlinable
  @inline(__always)
  public func sample(every interval: Duration) -> Tap<Sampled<Upstream>> {
    let rule = Sample<Envelope<Upstream.Output>>(every: interval)
    return shaped(
      carried(
        ByEventKey(rule, idle: idleTime(interval)),
        "sample",
        words(interval),
        isDelay: false
      )
    ) { Sampled($0) }
  }

  /// Lets the first value pass and then every n-th, for each key; see ``SampleByCountRule``.
  ///
  /// Of alerts the last word is the truth: only repeats are sampled. A key that owes nothing and was
  /// not seen for an hour is forgotten, and then begins anew.
  @inlinable
  @inline(__always)
  public func sample(everyNth stride: Int) -> Tap<SampledByCount<Upstream>> {
    let rule = SampleByCount<Envelope<Upstream.Output>>(stride)
    return shaped(
      carried(
        ByEventKey(Untimed(rule), idle: defaultIdle),
        "sample",
        "1 of \(max(1, stride))",
        isDelay: false
      )
    ) { SampledByCount($0) }
  }
}

extension Tap {
  /// Lets the latest value pass once in every interval. All values are one stream.
  @inlinable
  @inline(__always)
  public func sample(asOneEvery interval: Duration) -> Tap<SampledAsOne<Upstream>> {
    let rule = Sample<Envelope<Upstream.Output>>(every: interval)
    return shaped(carried(rule, "sample", words(interval), isDelay: false)) { SampledAsOne($0) }
  }

  /// Lets the first value pass and then every n-th. All values are one stream.
  @inlinable
  @inline(__always)
  public func sample(asOneEveryNth stride: Int) -> Tap<SampledByCountAsOne<Upstream>> {
    shaped(rule(SampleByCount<Upstream.Output>(stride), "sample")) { SampledByCountAsOne($0) }
  }
}

extension Tap where Upstream.Output: KeyedEvent & Phased {
  /// Lets one alert of all keys pass in every interval, and what may not wait.
  ///
  /// One interval for all; but every key's last word is the truth: see ``EpisodesMemory``.
  @inlinable
  @inline(__always)
  public func sample(asOneEvery interval: Duration) -> Tap<SampledEpisodes<Upstream>> {
    let rule = SampleOfEpisodes<Envelope<Upstream.Output>>(every: interval)
    return shaped(carried(rule, "sample", words(interval), isDelay: false)) { SampledEpisodes($0) }
  }

  /// Lets every n-th alert of all keys pass, and what is news of a key.
  ///
  /// One count for all; but every key's last word is the truth: see ``EpisodesMemory``.
  @inlinable
  @inline(__always)
  public func sample(asOneEveryNth stride: Int) -> Tap<SampledByCountEpisodes<Upstream>> {
    shaped(rule(SampleByCountOfEpisodes<Upstream.Output>(stride), "sample")) {
      SampledByCountEpisodes($0)
    }
  }
}

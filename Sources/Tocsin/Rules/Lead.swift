/// How long before an input arrives a rule is told of it; see ``Rule/prepare(for:_:)``.
@frozen
public enum Lead: Hashable, Sendable {
  /// Some tens of inputs before it: time to find out where its state is.
  case far
  /// About ten inputs before it: time to bring its state near.
  case near
}

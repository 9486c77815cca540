/// What ``EscalateUnlessAcknowledged`` takes: an alert, or a person's word that they have seen it.
@frozen
public enum AcknowledgeableInput<Value> {
  /// An alert, firing or resolved.
  case alert(Value)
  /// Somebody takes care of the episode that is open.
  case acknowledged
}

extension AcknowledgeableInput: Sendable where Value: Sendable {}
extension AcknowledgeableInput: Equatable where Value: Equatable {}
extension AcknowledgeableInput: Hashable where Value: Hashable {}
extension AcknowledgeableInput: Encodable where Value: Encodable {}
extension AcknowledgeableInput: Decodable where Value: Decodable {}

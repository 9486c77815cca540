/// What one run of a property gave when it failed.
struct PropertyFault: Sendable {
  var kind: PropertyFailureKind
  var message: String

  /// What a property's result or error says; nil when it holds.
  init?(_ outcome: Result<some Any, any Error>) {
    switch outcome {
    case .success(let result): self.init(returned: result)
    case .failure(let error):
      self.init(kind: .threw(type: "\(type(of: error))"), message: "\(error)")
    }
  }

  init(kind: PropertyFailureKind, message: String) {
    (self.kind, self.message) = (kind, message)
  }

  /// A text is a failure, also in an optional; so is false. Everything else is none.
  private init?(returned result: some Any) {
    if let text = result as? String {
      self.init(kind: .returnedText, message: text)
    } else if let holds = result as? Bool, !holds {
      self.init(kind: .returnedFalse, message: "")
    } else {
      return nil
    }
  }
}

/// Something for each of some topics: a dictionary that hashes nothing.
struct TopicTable<Value: Sendable>: Sendable {
  private var places = [Value?](repeating: nil, count: BookTopic.allCases.count)

  subscript(topic: BookTopic) -> Value? {
    get { places[topic.rank] }
    _modify { yield &places[topic.rank] }
  }
}

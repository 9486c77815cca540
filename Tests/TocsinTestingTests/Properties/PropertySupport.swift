import Foundation

extension Decodable where Self: Encodable {
  /// The value, written out as JSON and read back.
  func writtenAndRead() throws -> Self {
    try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(self))
  }
}

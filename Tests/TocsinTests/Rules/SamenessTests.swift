import Testing

@testable import Tocsin

/// A property is compared as its key path says, whether it lies in the value or not.
@Suite struct SamenessTests {
  final class Venue: Sendable {
    let name: String
    init(_ name: String) { self.name = name }
  }

  struct Quote {
    var side: UInt8 = 0
    var symbol = "a"
    var price: Double? = 1
    var inner: (flag: Bool, size: Int) = (false, 2)
    var venue = Venue("x")
    var venueName: String { venue.name }
    var observed = 0 { didSet { side = 0 } }
    var list = [1]
  }

  func expect<Property: Equatable & SendableMetatype>(
    _ property: any KeyPath<Quote, Property> & Sendable,
    tells change: (inout Quote) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let isSame = sameness(in: property)
    var (other, twin) = (Quote(), Quote())
    change(&other)
    twin.venue = Venue("x")
    #expect(isSame(Quote(), twin) && !isSame(Quote(), other), sourceLocation: sourceLocation)
    #expect(!isSame(other, twin) && isSame(other, other), sourceLocation: sourceLocation)
  }

  @Test func `stored properties of any size are compared`() {
    expect(\.side) { $0.side = 1 }
    expect(\.symbol) { $0.symbol = "a string that does not lie in the value" }
    expect(\.price) { $0.price = nil }
    expect(\.inner.flag) { $0.inner.flag = true }
    expect(\.inner.size) { $0.inner.size = 3 }
    expect(\.list) { $0.list.append(2) }
    expect(\.observed) { $0.observed = 1 }
  }

  @Test func `properties that are found elsewhere are compared`() {
    expect(\.venueName) { $0.venue = Venue("y") }
    expect(\.venue.name) { $0.venue = Venue("y") }
    expect(\.list.count) { $0.list = [] }
    expect(\.list[0]) { $0.list = [9] }
    expect(\.price!) { $0.price = 2 }
  }

  @Test func `a whole value is compared by itself`() {
    let isSame = sameness(in: \String.self)
    #expect(isSame("a", "a") && !isSame("a", "b"))
  }

  @Test func `a number unequal to itself is never the same`() {
    var quote = Quote()
    quote.price = .nan
    #expect(!sameness(in: \Quote.price)(quote, quote))
  }
}

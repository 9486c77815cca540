import CustomDump
import Foundation
import Testing

@testable import TocsinMonitors

struct PaidFeesTests {
  private func paid(_ fees: Money...) -> PaidFees {
    fees.reduce(into: PaidFees()) { $0.add($1) }
  }

  @Test func `fees are summed by currency, whichever came first`() {
    let fees = paid(Money(1, "USD"), Money(2, "BNB"), Money(3, "USD"), Money(4, "BNB"))
    expectNoDifference(fees.byCurrency, ["USD": 4, "BNB": 6])
    #expect(PaidFees().byCurrency.isEmpty && PaidFees().isEmpty && !fees.isEmpty)
  }

  @Test func `their sum is known in a currency when nothing was paid in another`() {
    #expect(PaidFees().sum(in: "USD") == 0)
    #expect(paid(Money(1.5, "USD"), Money(1, "USD")).sum(in: "USD") == 2.5)
    #expect(paid(Money(1, "USD")).sum(in: nil) == nil)
    #expect(paid(Money(0, "BNB"), Money(-2, "USD")).sum(in: "USD") == -2)
    #expect(paid(Money(0, "BNB")).sum(in: nil) == 0)
    #expect(paid(Money(1, "BNB"), Money(2, "USD")).sum(in: "USD") == nil)
    #expect(paid(Money(1, "USD"), Money(2, "BNB")).sum(in: "USD") == nil)
  }

  @Test func `of many ids each counts once, the first two for good`() {
    var ids = FillIDs()
    func insert(_ id: String) -> Bool { ids.insert(id) }
    expectNoDifference(
      ["a", "a", "b", "a", "b", "c", "c"].map(insert),
      [true, false, true, false, false, true, false]
    )
    #expect(ids.count == 3)
    #expect((0..<10_000).filter { insert("\($0)") }.count == 10_000)
    expectNoDifference(["a", "b", "9999"].map(insert), [false, false, false])
    #expect(ids.count <= 8_193)
  }
}

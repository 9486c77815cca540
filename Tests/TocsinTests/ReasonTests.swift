import Testing
@testable import Tocsin

@Test func `reasons read as words`() {
  #expect(Reason.inCooldown.description == "in cooldown")
  #expect(Set(Reason.allCases.map(\.index)).count == Reason.count)
}

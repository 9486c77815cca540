import Testing
import Tocsin
import TocsinTesting

/// A test whose body waits for ever, or for the outside, fails and lets the others go on.
@Suite struct AbandonedBodyTests {
  /// Runs a body as a test with the trait would.
  private func asTest(
    _ body: @escaping @concurrent @Sendable () async throws -> Void
  ) async throws -> VirtualTimeError? {
    let test = try #require(Test.current)
    let trait = VirtualTimeTrait.virtualTime
    do {
      try await trait.provideScope(for: test, testCase: Test.Case.current, performing: body)
      return nil
    } catch {
      return error as? VirtualTimeError
    }
  }

  @Test(arguments: 0..<20) func `left where it waits`(round: Int) async throws {
    let held = Held(round)
    let error = try await asTest {
      held.touch()
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      held.touch()
    }
    #expect(error?.kind == .stuck)
    #expect(held.number == round)
  }

  @Test(arguments: 0..<20) func `left on the main actor`(round: Int) async throws {
    let error = try await asTest {
      for _ in 0..<3 { await MainActor.run { _ = round } }
    }
    #expect(error?.kind == .stuck || error?.kind == .escaped)
  }

  @Test func `left in a child task`() async throws {
    let error = try await asTest {
      await withTaskGroup { group in
        group.addTask { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        await group.waitForAll()
      }
    }
    #expect(error?.kind == .stuck)
  }

  @Test func `a body that reacts to being cancelled ends`() async throws {
    let ended = Flag()
    let error = try await asTest {
      for await _ in AsyncStream<Int>.makeStream().stream {}
      ended.set()
    }
    _ = error
    #expect(ended.isSet)
  }
}

/// Something that a body holds.
private final class Held: Sendable {
  let number: Int
  init(_ number: Int) { self.number = number }
  func touch() {}
}

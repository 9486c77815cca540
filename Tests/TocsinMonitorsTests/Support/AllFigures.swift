@testable import TocsinMonitors

/// Every figure inside a value, found by looking through it, so that none is forgotten.
func allFigures(in value: Any) -> [Measured] {
  if let figure = value as? Measured { return [figure] }
  return Mirror(reflecting: value).children.flatMap { allFigures(in: $0.value) }
}

/// The figures inside a value that are numbers and cannot be.
func impossibleFigures(in value: Any) -> [Measured] {
  allFigures(in: value).filter { $0.number.map { !$0.isFinite } ?? false }
}

/// The variants there are, in the order in which the tables show them.
///
/// The first variant of a group is the group's baseline.
public struct Registry: Sendable {
  /// All variants.
  public private(set) var variants: [Variant] = []

  /// Makes an empty registry.
  public init() {}

  /// Adds variants behind those that are there.
  ///
  /// - Precondition: No name is used twice.
  public mutating func add(_ more: [Variant]) {
    for variant in more {
      precondition(self[variant.name] == nil, "Two variants are called \(variant.name).")
      variants.append(variant)
    }
  }

  /// The variant called `name`.
  public subscript(name: String) -> Variant? {
    variants.first { $0.name == name }
  }

  /// The variants of `group`.
  public func variants(in group: Group) -> [Variant] {
    variants.filter { $0.group == group }
  }

  /// The variants of `group` whose names are in `names`, always with the baseline; all of them when
  /// `names` is empty.
  public func variants(in group: Group, named names: [String]) -> [Variant] {
    let all = variants(in: group)
    guard !names.isEmpty else { return all }
    let picked = all.enumerated().filter { $0.offset == 0 || names.contains($0.element.name) }
    return picked.count == 1 && !names.contains(picked[0].element.name)
      ? [] : picked.map(\.element)
  }
}

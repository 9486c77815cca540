/// Why a recording cannot be read at all.
public struct RecordingSourceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of problem.
  public enum Problem: String, CaseIterable, Hashable, Sendable {
    /// There is no such file.
    case missing
    /// It is a directory.
    case directory
    /// It cannot be opened or read.
    case unreadable
    /// It holds nothing.
    case empty
    /// It looks like gzip, but the `gzip` program is absent or could not unpack all of it.
    case cannotUnpack
    /// Standard input is gzip.
    case packedInput
  }

  /// The path, or `standard input`.
  public var source: String
  /// What is wrong.
  public var problem: Problem

  /// Makes an error.
  public init(_ source: String, _ problem: Problem) {
    self.source = source
    self.problem = problem
  }

  /// One line: what is wrong and what to do.
  public var description: String {
    switch problem {
    case .missing: "\(source): there is no such file; check the path"
    case .directory: "\(source) is a directory; name a file in it"
    case .unreadable: "\(source) cannot be read; check its permissions"
    case .empty: "\(source) is empty; there is nothing to replay"
    case .cannotUnpack: "\(source) cannot be unpacked by gzip; check the file with “gzip -t”"
    case .packedInput: "standard input is compressed; pipe it through “gzip -dc” first"
    }
  }
}

/// Cuts chunks of bytes into lines. A line inside one chunk is not copied.
struct LineSplitter {
  /// A line as a range of `bytes`, without its newline.
  struct Line {
    var bytes: [UInt8]
    var range: Range<Int>
    var isOversized = false
  }

  let maximumLength: Int
  private var chunk: [UInt8] = []
  private var at = 0
  private(set) var carried: [UInt8] = []
  private var isSkipping = false

  init(maximumLength: Int) { self.maximumLength = maximumLength }

  /// Takes the next chunk. The one before it must have been read to its end.
  mutating func begin(_ chunk: [UInt8]) {
    self.chunk = chunk
    at = 0
  }

  /// The next whole line, or nil when the rest of the chunk has no newline.
  mutating func next() -> Line? {
    guard at < chunk.count else { return nil }
    guard let end = LineSplitter.newline(in: chunk, from: at) else {
      carry()
      return nil
    }
    let start = at
    at = end + 1
    return isSkipping || !carried.isEmpty ? joined(start..<end) : line(chunk, start..<end)
  }

  /// The last line, when the input does not end with a newline.
  mutating func last() -> Line? {
    isSkipping || !carried.isEmpty ? joined(0..<0) : nil
  }

  private mutating func carry() {
    let count = chunk.count - at
    if isSkipping || carried.count + count > maximumLength + 1 {
      isSkipping = true
      carried = []
    } else {
      carried += chunk[at...]
    }
    at = chunk.count
  }

  /// The carried start of a line with its end.
  private mutating func joined(_ rest: Range<Int>) -> Line {
    defer {
      isSkipping = false
      carried = []
    }
    guard !isSkipping, carried.count + rest.count <= maximumLength + 1 else {
      return Line(bytes: [], range: 0..<0, isOversized: true)
    }
    carried += chunk[rest]
    return line(carried, 0..<carried.count)
  }

  /// A line; the CR of a CRLF does not count towards its length.
  private func line(_ bytes: [UInt8], _ range: Range<Int>) -> Line {
    var range = range
    if let last = range.last, bytes[last] == UInt8(ascii: "\r") { range = range.dropLast() }
    return Line(bytes: bytes, range: range, isOversized: range.count > maximumLength)
  }

  private static func newline(in bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\n") { return at }
      at += 1
    }
    return nil
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}

import CustomDump
import Testing
import Tocsin

@testable import TocsinMonitors

@Test func `comments, empty lines, CRLF and a byte-order mark are no faults`() {
  let text =
    "\u{FEFF}# a comment\r\n\r\n  \t\n" + beat(1) + "  # more\n" + beat(2).dropLast() + "\r\n"
  let (lines, counts) = readAll(text)
  #expect(lines.count == 2)
  #expect(counts.description == "6 lines: 2 accepted, 4 skipped, 0 refused")
}

@Test func `the last line may lack its newline, but not its end`() {
  #expect(readAll(String(beat(1).dropLast())).counts.accepted == 1)
  let (lines, counts) = readAll(beat(1) + String(beat(2).dropLast(3)))
  #expect(counts.description == "2 lines: 1 accepted, 0 skipped, 1 refused (1 truncated)")
  #expect(
    refusals(lines)
      == ["line 2: truncated: the line ends inside its object; record the whole line again"]
  )
}

@Test func `nothing gives nothing`() {
  #expect(readAll("").counts.description == "0 lines: 0 accepted, 0 skipped, 0 refused")
}

@Test(arguments: [1, 2, 7, 64, 1000])
func `an oversized line is skipped and the next one is read`(chunk: Int) {
  let text = beat(1) + String(repeating: "x", count: 500) + "\n" + beat(2)
  let reader = RecordingReader(maximumLineLength: 60)
  let (lines, counts) = readAll(Array(text.utf8), chunk: chunk, reader)
  #expect(counts.description == "3 lines: 2 accepted, 0 skipped, 1 refused (1 oversized)")
  #expect(
    refusals(lines)
      == ["line 2: oversized: longer than 60 bytes; check that lines end with a newline"]
  )
}

@Test(arguments: [1, 3, 100])
func `a line of exactly the maximum length is read`(chunk: Int) {
  let line = beat(1).dropLast()
  for ending in ["", "\n", "\r\n"] {
    for (limit, accepted) in [(line.utf8.count, 1), (line.utf8.count - 1, 0)] {
      let reader = RecordingReader(maximumLineLength: limit)
      let (_, counts) = readAll(Array((line + ending).utf8), chunk: chunk, reader)
      #expect(counts.accepted == accepted, "\(ending.debugDescription) \(limit)")
      #expect(counts.lines == 1)
    }
  }
}

@Test func `the size of the chunks changes nothing`() {
  for seed in 0..<40 {
    var generator = RecordingSeed(UInt64(seed))
    let bytes = garbage(lines: 60, &generator)
    let whole = readAll(bytes, RecordingReader(maximumLineLength: 300))
    for chunk in [1, 2, 5, 17, 301] {
      let pieces = readAll(bytes, chunk: chunk, RecordingReader(maximumLineLength: 300))
      #expect(pieces.lines == whole.lines, "seed \(seed), chunk \(chunk)")
      #expect(pieces.counts == whole.counts)
    }
  }
}

@Test func `every one of 20,000 damaged lines is accounted for`() {
  var damaged = 0
  for seed in 0..<200 {
    var generator = RecordingSeed(UInt64(seed))
    let bytes = garbage(lines: 100, &generator)
    let (lines, counts) = readAll(bytes)
    let ends = bytes.count { $0 == 0x0A } + (bytes.last == 0x0A ? 0 : 1)
    #expect(counts.lines == ends, "seed \(seed)")
    #expect(counts.accepted + counts.refused + counts.skipped == counts.lines, "seed \(seed)")
    #expect(lines.count == counts.accepted + counts.refused, "seed \(seed)")
    damaged += counts.refused
  }
  #expect(damaged > 10_000)
}

@Test func `a thrown error stops at the first refused line`() {
  var reader = RecordingReader()
  var seen = 0
  #expect(throws: LineError.self) {
    try reader.read(Array((beat(1) + "no\n" + beat(2)).utf8)) { line in
      if case .refused(let error) = line { throw error }
      seen += 1
    }
  }
  #expect(seen == 1)
  #expect(reader.counts.lines == 2)
}

/// Lines of events with flipped bits, cut ends, and bytes put in.
private func garbage(lines: Int, _ generator: inout RecordingSeed) -> [UInt8] {
  var bytes: [UInt8] = []
  for line in 0..<lines {
    let instant = Instant(nanoseconds: Int64(line) * 1_000_000)
    var text: [UInt8] = []
    RecordedEventCoder().append(Recorded(generator.event(), at: instant), to: &text)
    for _ in 0..<Int.random(in: 0...3, using: &generator) { damage(&text, &generator) }
    bytes += text
    bytes.append(0x0A)
  }
  return bytes
}

private func damage(_ text: inout [UInt8], _ generator: inout RecordingSeed) {
  guard !text.isEmpty else { return }
  let at = Int.random(in: 0..<text.count, using: &generator)
  switch Int.random(in: 0...4, using: &generator) {
  case 0: text[at] ^= 1 << UInt8.random(in: 0...7, using: &generator)
  case 1: text.removeLast(text.count - at)
  case 2: text.insert(UInt8.random(in: 0...255, using: &generator), at: at)
  case 3: text.insert(contentsOf: text.shuffled(using: &generator).prefix(20), at: at)
  default: text.removeSubrange(at..<min(text.count, at + 5))
  }
}

@Test func `an endless line takes no memory`() {
  var splitter = LineSplitter(maximumLength: 60)
  for _ in 0..<100 {
    splitter.begin([UInt8](repeating: 0x78, count: 50))
    #expect(splitter.next()?.range == nil)
    #expect(splitter.carried.count <= 61)
  }
  #expect(splitter.last()?.isOversized == true)
}

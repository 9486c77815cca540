import CustomDump
import Testing

@testable import TocsinMonitors

private let tick = #""tick":"A","venue":"B""#

private let table: [(line: String, error: String)] = [
  ("", "truncated: the line ends inside its object; record the whole line again"),
  ("{", "truncated: the line ends inside its object; record the whole line again"),
  (
    #"{"at":0,"tick":"AA"#,
    "truncated: the line ends inside its object; record the whole line again"
  ),
  (
    #"{"at":0,"heartbeat":"b""#,
    "truncated: the line ends inside its object; record the whole line again"
  ),
  ("hello", "malformed: expected an object at column 1, found “hello”"),
  ("[1]", "malformed: expected an object at column 1, found “[1]”"),
  (#"{"at":0,}"#, "malformed: expected a string at column 9, found “}”"),
  (#"{"at" 0}"#, "malformed: expected “:” after \"at\" at column 7, found “0}”"),
  (
    #"{"at":0 "id":1}"#,
    "malformed: expected “,” or “}” after a value at column 9, found “\"id\":1}”"
  ),
  (#"{"at":0}{"at":0}"#, "malformed: something follows the object; write one object per line"),
  (#"{"at":0,"at":1}"#, "malformed: the field \"at\" is there twice; keep one"),
  (#"{"at":{"a":1}}"#, "malformed: a value is nested at column 7; write flat objects"),
  (
    #"{"at":0,"heartbeat":"b","order":"o"}"#,
    "malformed: the line is of two kinds of event; write two lines"
  ),
  (
    #"{"at":0,"order":"o","symbol":"A","submitted":true,"expired":true}"#,
    "malformed: the line has two steps of an order; write two lines"
  ),
  (
    "{\"at\":0,\"heartbeat\":\"a\tb\"}",
    "malformed: expected no control character in a string at column 23, found “?b\"}”"
  ),
  (
    #"{"at":0,"heartbeat":"\ud800"}"#,
    "bad text: a string has a backslash that is no escape of JSON; write “\\\\” for one"
  ),
  (
    #"{"at":0,"heartbeat":"\q"}"#,
    "bad text: a string has a backslash that is no escape of JSON; write “\\\\” for one"
  ),
  (#"{"heartbeat":"b"}"#, "missing field: every line needs \"at\"; add it"),
  (#"{"at":0,\#(tick)}"#, "missing field: a tick needs \"price\"; add it"),
  (#"{"at":0,\#(tick),"price":null}"#, "missing field: a tick needs \"price\"; add it"),
  (
    #"{"at":0,"book":"local"}"#,
    "missing field: a report of a book needs one of \"positions\", \"orders\", \"fills\", "
      + "\"balances\"; add it"
  ),
  (
    #"{"at":0,"book":"local","positions":[],"orders":[]}"#,
    "malformed: the line has rows of two kinds; write two lines"
  ),
  (
    #"{"at":0,"book":"broker","fills":[["f","o","A","hold",1,2,null,null]],"since":0}"#,
    "bad value: \"fills\" is “hold”; it must be \"buy\" or \"sell\""
  ),
  (
    #"{"at":0,"book":"broker","balances":[],"equity":5}"#,
    "missing field: an amount of money needs \"currency\"; add it"
  ),
  (
    #"{"at":0,"connection":"X","state":"up"}"#,
    "bad value: \"state\" is “up”; it must be \"connected\", \"reconnecting\", \"disconnected\""
  ),
  (
    #"{"at":0,\#(tick),"price":1,"snapshto":true}"#,
    "unknown field: “snapshto” is no field of this format; correct it, or put it into \"note\""
  ),
  (#"{"at":0,\#(tick),"price":1,"fill":"f"}"#, "unknown field: a tick has no \"fill\"; remove it"),
  (
    #"{"at":0,"note":"x"}"#,
    "unknown kind: none of \"tick\", \"quote\", \"heartbeat\", \"connection\", \"order\", "
      + "\"book\", \"transfer\"; add one"
  ),
  (
    #"{"at":0,"order":"o","symbol":"A"}"#,
    "unknown kind: the order has no step; add one: signalled, submitted, unconfirmed, acknowledged, "
      + "filled, rejected, cancelled, expired, replaceRequested, replaced, replaceRejected, "
      + "cancelRequested, cancelRejected"
  ),
  (
    #"{"at":0,\#(tick),"price":"abc"}"#,
    "bad value: \"price\" is “abc”; it must be a number of at most 38 significant digits"
  ),
  (
    #"{"at":0,\#(tick),"price":01}"#,
    "bad value: \"price\" is “01”; it must be a number of at most 38 significant digits"
  ),
  (
    #"{"at":0,\#(tick),"price":1e200}"#,
    "bad value: \"price\" is “1e200”; it must be a number between 1e-128 and 1e127"
  ),
  (#"{"at":0,\#(tick),"price":true}"#, "bad value: \"price\" is “true”; it must be a number"),
  (
    #"{"at":"2004-02-30T00:00:00Z","heartbeat":"b"}"#,
    "bad value: \"at\" is “2004-02-30T00:00:00Z”; it must be like \"2004-03-01T14:30:00.000Z\", "
      + "or whole nanoseconds since 1970"
  ),
  (
    #"{"at":1.5,"heartbeat":"b"}"#,
    "bad value: \"at\" is “1.5”; it must be like \"2004-03-01T14:30:00.000Z\", or whole nanoseconds since 1970"
  ),
  (
    #"{"at":0,"book":"mine","positions":[]}"#,
    "bad value: \"book\" is “mine”; it must be \"local\" or \"broker\""
  ),
  (
    #"{"at":0,"order":"o","symbol":"A","expired":false}"#,
    "bad value: \"expired\" is false; leave the line out instead"
  ),
  (
    #"{"at":0,"order":"o","symbol":"A","signalled":"hold","quantity":1}"#,
    "bad value: \"signalled\" is “hold”; it must be \"buy\" or \"sell\""
  ),
  (
    #"{"at":0,\#(tick),"price":NaN}"#,
    "not a number: “NaN” is no number; leave the field out instead"
  ),
  (
    #"{"at":0,\#(tick),"price":"nan"}"#,
    "not a number: “nan” is no number; leave the field out instead"
  ),
  (
    #"{"at":0,\#(tick),"price":-Infinity}"#,
    "not a number: “-Infinity” is no number; leave the field out instead"
  ),
  (#"{"at":NaN,"heartbeat":"b"}"#, "not a number: “NaN” is no number; leave the field out instead"),
  (
    #"{"at":0,"book":"local","positions":[["A",1,NaN]]}"#,
    "not a number: “NaN” is no number; leave the field out instead"
  ),
  (
    #"{"at":"9999-01-01T00:00:00Z","heartbeat":"b"}"#,
    "future-dated: \"at\" is after the year 2262; correct its date"
  ),
  (
    #"{"at":9223372036854775807,"heartbeat":"b"}"#,
    "future-dated: \"at\" is after the year 2262; correct its date"
  ),
]

@Test(arguments: table) func `says what is wrong with a line and what to do`(
  row: (line: String, error: String)
) {
  do {
    let record = try RecordedEventCoder().decode(row.line, line: 17)
    Issue.record("accepted \(record) from \(row.line)")
  } catch {
    expectNoDifference(error.description, "line 17: " + row.error)
  }
}

@Test func `fields in any order, null fields, notes and spaces are read`() throws {
  let plain = try RecordedEventCoder().decode(#"{"at":5,"tick":"A","venue":"B","price":1}"#)
  let odd =
    #" { "price" : 1 , "venueAt":null,"note":"é\n", "venue":"\u0042", "tick":"A", "at" : 5 } "#
  #expect(try RecordedEventCoder().decode(odd) == plain)
}

@Test func `invalid UTF-8 is refused also where it is not read`() {
  let bytes =
    Array("{\"at\":0,\"heartbeat\":\"b\",\"note\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
  #expect(
    refusals(readAll(bytes).lines)
      == ["line 1: bad text: a string is not valid UTF-8; save the file as UTF-8"]
  )
}

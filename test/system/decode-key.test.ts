import { describe, expect, test } from "bun:test"
import { decodeKey, isOpenPaste, type Key } from "../../src/system/decode-key.ts"

const E = "\u001b"
const bytesOf = (text: string) => new TextEncoder().encode(text)
const char = (text: string): Key => ({ kind: "char", text })
const paste = (text: string): Key => ({ kind: "paste", text })

/** Every key of some input, with what had to be waited for in the end as `rest`. */
function keysOf(bytes: Uint8Array, complete: boolean) {
  const keys: (Key | null)[] = []
  let rest = bytes
  while (rest.byteLength > 0) {
    const decoded = decodeKey(rest, complete)
    if (decoded === "wait") break
    expect(decoded.length).toBeGreaterThan(0)
    keys.push(decoded.key)
    rest = rest.subarray(decoded.length)
  }
  return { keys, rest: rest.byteLength }
}

describe("keys that are whole", () => {
  const rows: [name: string, typed: string, keys: (Key | null)[]][] = [
    ["a letter", "a", [char("a")]],
    ["two letters at once", "12", [char("1"), char("2")]],
    ["seven letters are still typed", "1234567", [..."1234567"].map(char)],
    ["eight are a paste", "12345678", [paste("12345678")]],
    ["a paste and its Enter", "https://x/\r", [paste("https://x/"), { kind: "enter" }]],
    ["letters of two, three and four bytes", "é€😀", [char("é"), char("€"), char("😀")]],
    ["up as CSI", `${E}[A`, [{ kind: "up" }]],
    ["down as CSI", `${E}[B`, [{ kind: "down" }]],
    ["up as SS3", `${E}OA`, [{ kind: "up" }]],
    ["down as SS3", `${E}OB`, [{ kind: "down" }]],
    ["up with ctrl", `${E}[1;5A`, [{ kind: "up" }]],
    [
      "left, Home, F5, Delete mean nothing",
      `${E}[D${E}[H${E}[15~${E}[3~`,
      [null, null, null, null],
    ],
    ["a function key of SS3", `${E}OPx`, [null, char("x")]],
    ["a function key of the Linux console", `${E}[[Ax`, [null, char("x")]],
    ["a focus report", `${E}[Ix`, [null, char("x")]],
    ["a private sequence", `${E}[?1;2cx`, [null, char("x")]],
    ["a broken sequence", `${E}[1\rx`, [null, { kind: "enter" }, char("x")]],
    ["a sequence that a letter beyond ASCII breaks", `${E}[1éx`, [null, char("é"), char("x")]],
    ["Esc, then a letter", `${E}x`, [{ kind: "escape" }, char("x")]],
    ["Enter in both modes", "\r\n", [{ kind: "enter" }, { kind: "enter" }]],
    ["both backspaces", "\u007f\b", [{ kind: "backspace" }, { kind: "backspace" }]],
    ["ctrl-U, ctrl-W", "\u0015\u0017", [{ kind: "erase_line" }, { kind: "erase_word" }]],
    ["ctrl-C", "\u0003", [{ kind: "interrupt" }]],
    ["ctrl-D, ctrl-Z", "\u0004\u001a", [{ kind: "end_of_input" }, { kind: "suspend" }]],
    ["ctrl-L", "\f", [{ kind: "redraw" }]],
    ["other control characters mean nothing", "\u0000\u0001\t", [null, null, null]],
    ["a paste in brackets", `${E}[200~a\r\u0003b${E}[201~x`, [paste("a\r\u0003b"), char("x")]],
    ["an empty paste", `${E}[200~${E}[201~`, [paste("")]],
    ["the end of a paste alone", `${E}[201~x`, [null, char("x")]],
  ]

  test.each(rows)("%s", (_name, typed, keys) => {
    expect(keysOf(bytesOf(typed), true)).toEqual({ keys, rest: 0 })
  })

  test.each([
    ["a stray byte", [0xff, 0x61]],
    ["the rest of a letter", [0x82, 0x61]],
  ])("%s is dropped, and what follows is read", (_name, bytes) => {
    expect(keysOf(new Uint8Array(bytes), false)).toEqual({ keys: [null, char("a")], rest: 0 })
  })
})

describe("what may be longer", () => {
  const rows: [name: string, typed: string, later: (Key | null)[]][] = [
    ["Esc", E, [{ kind: "escape" }]],
    ["Esc and a bracket", `${E}[`, [{ kind: "escape" }, char("[")]],
    ["Esc and an O", `${E}O`, [{ kind: "escape" }, char("O")]],
    ["a sequence without its end", `${E}[1;5`, [null]],
    ["a console key without its end", `${E}[[`, [null]],
    ["a paste without its end", `${E}[200~abc`, [paste("abc")]],
  ]

  test.each(rows)("%s waits, and is decided when nothing follows", (_name, typed, later) => {
    const bytes = bytesOf(typed)
    expect(keysOf(bytes, false)).toEqual({ keys: [], rest: bytes.byteLength })
    expect(keysOf(bytes, true)).toEqual({ keys: later, rest: 0 })
  })

  test("a sequence that never ends is dropped", () => {
    expect(keysOf(bytesOf(`${E}[${"1;".repeat(20)}`), false)).toEqual({ keys: [null], rest: 0 })
  })

  test("a letter beyond ASCII waits for its last byte, what stands before it does not", () => {
    const bytes = bytesOf("a€")
    expect(keysOf(bytes.subarray(0, 3), false)).toEqual({ keys: [char("a")], rest: 2 })
    expect(keysOf(bytes.subarray(1, 3), true)).toEqual({ keys: [null, null], rest: 0 })
  })

  test("only an unfinished paste has the longer patience", () => {
    const typed = [E, `${E}[200~`, `${E}[200~a`, `${E}[200~a${E}[201~`, "a"]
    expect(typed.map((text) => isOpenPaste(bytesOf(text)))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })
})

test("a split at any byte gives the same keys", () => {
  const whole = bytesOf(`aé${E}[A${E}OB😀\r${E}[200~x\ny${E}[201~1${E}[15~z`)
  const { keys } = keysOf(whole, true)
  for (let cut = 1; cut < whole.byteLength; cut += 1) {
    const first = keysOf(whole.subarray(0, cut), false)
    const second = keysOf(whole.subarray(cut - first.rest), true)
    expect([...first.keys, ...second.keys]).toEqual(keys)
  }
})

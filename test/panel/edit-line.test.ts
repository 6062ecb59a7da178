import { expect, test } from "bun:test"
import { edited } from "../../src/panel/edit-line.ts"
import type { Key } from "../../src/system/decode-key.ts"

const rows: [text: string, key: Key, after: string][] = [
  ["ab", { kind: "char", text: "c" }, "abc"],
  ["ab", { kind: "backspace" }, "a"],
  ["", { kind: "backspace" }, ""],
  ["a😀", { kind: "backspace" }, "a"],
  ["ae\u0301", { kind: "backspace" }, "a"],
  ["two words ", { kind: "erase_word" }, "two "],
  ["two words", { kind: "erase_line" }, ""],
  ["ab", { kind: "up" }, "ab"],
  ["ab", { kind: "redraw" }, "ab"],
  ["a", { kind: "paste", text: "b c" }, "ab c"],
  ["", { kind: "paste", text: "https://x/\r  y?z=1\r" }, "https://x/y?z=1"],
  ["", { kind: "paste", text: "a\u001b[2J\u0003b" }, "a[2Jb"],
]

test.each(rows)("%p and %p", (text, key, after) => expect(edited(text, key)).toBe(after))

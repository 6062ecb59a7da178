import { describe, expect, test } from "bun:test"
import { scrub } from "../../src/domain/scrub.ts"
import { quoteWord } from "../../src/render/layout/quote.ts"

describe("nothing that may be a token survives", () => {
  test.each([
    ["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"],
    ["eyJhbGciOiJub25lIn0"],
    ["rt_Zm9vYmFy.c3Rhcg"],
    ["sk-proj-abc123"],
    ["sess-4f1c0ffee"],
    ["Bearer short"],
    ["k3JH82jslKAS9dk2lsmcQWE"],
    ["abcdefghijklmnopqrstuvwxyzabcdefghijklmnop"],
    ["dGhpcyBpcyBhIGxvbmcgdG9rZW4rd2l0aCtwbHVzCg=="],
  ])("%s", (token) => {
    const scrubbed = scrub(`before "${token}" after`)
    expect(scrubbed).toBe('before "[redacted]" after')
  })
})

describe("words, paths and frames survive", () => {
  test.each([
    ["ENOENT: no such file or directory, open '/home/op/.codex/auth.json'"],
    ["at captureNewestPairFromStore (/work/src/pool/capture.ts:12:3)"],
    ["the label qa-2 has 3 windows and 100% of 5h"],
  ])("%s", (text) => expect(scrub(text)).toBe(text))
})

test("a typed word is shown short, on one line, without escapes", () => {
  expect(quoteWord("stauts")).toBe("stauts")
  expect(quoteWord("a\u001b[31mb\nc")).toBe("ab\ufffdc")
  expect(quoteWord("word ".repeat(20))).toHaveLength(43)
})

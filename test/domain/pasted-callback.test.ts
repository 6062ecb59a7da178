import { describe, expect, test } from "bun:test"
import { callbackFrom, pastedCallback } from "../../src/domain/pasted-callback.ts"

const seen = (text: string) => {
  const callback = pastedCallback(text)
  return callback?.kind === "code" ? [callback.code.reveal(), callback.state] : callback
}

describe("what a person pastes", () => {
  test.each([
    ["http://127.0.0.1:1455/auth/callback?code=ac_123456&state=s1", ["ac_123456", "s1"]],
    ["  'http://localhost:1455/auth/callback?state=s1&code=ac_123456' \n", ["ac_123456", "s1"]],
    ["https://x.example/cb#code=ac_123456&state=s1", ["ac_123456", "s1"]],
    ["?code=ac_123456&state=s1", ["ac_123456", "s1"]],
    ["code=ac_123456", ["ac_123456", null]],
    ["ac_123456#s1", ["ac_123456", "s1"]],
    ["ac_123456", ["ac_123456", null]],
    ["ac_123456#", ["ac_123456", null]],
    ["code=ac%2B123456&state=a%20b", ["ac+123456", "a b"]],
  ])("%s", (text, code) => expect(seen(text)).toEqual(code as never))

  test.each(["", "   ", "what is this", "http://127.0.0.1/none", "short", "a#b#c", "http://["])(
    "%j is none",
    (text) => expect(pastedCallback(text)).toBeNull(),
  )

  test("a book is none", () => expect(pastedCallback("a".repeat(9_000))).toBeNull())

  test("a refusal is one, and foreign words are not repeated", () => {
    const refused = (error: string) => callbackFrom(new URLSearchParams({ error, state: "s" }))
    expect(refused("access_denied")).toEqual({
      kind: "refused",
      reason: "access_denied",
      state: "s",
    })
    expect(refused("<script>")).toMatchObject({ reason: "error" })
  })

  test("a code never shows itself", () => {
    expect(JSON.stringify(pastedCallback("ac_123456"))).not.toContain("123456")
  })
})

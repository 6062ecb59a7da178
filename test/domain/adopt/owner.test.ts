import { describe, expect, test } from "bun:test"
import { ownerOf } from "../../../src/domain/adopt/owner.ts"
import { adoptPair } from "../../../src/domain/credential-edits.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount } from "../../../src/domain/document-edits.ts"
import type { Login } from "../../../src/domain/login.ts"
import { HOUR } from "../../../src/system/time.ts"
import { login, NOON } from "../logins.ts"

function withLabels(labels: Record<string, Login[]>): Document {
  let document = EMPTY_DOCUMENT
  for (const [label, logins] of Object.entries(labels)) {
    document = putAccount(document, label, { provider: "openai-codex" })
    for (const each of logins) document = adoptPair(document, label, each, NOON)
  }
  return document
}

describe("whose login a store holds", () => {
  const pool = withLabels({
    boss: [login("b0", NOON - HOUR), login("b1")],
    qa: [login("q1", NOON, { user: "u2" })],
    spare: [],
  })

  test.each([
    ["its very pair", login("b1"), { label: "boss", relation: "same" }],
    ["a pair it has held", login("b0", NOON - HOUR), { label: "boss", relation: "older" }],
    ["a rotated pair", login("b2", NOON + HOUR), { label: "boss", relation: "newer" }],
    [
      "a seat mate's rotated pair",
      login("q2", NOON + HOUR, { user: "u2" }),
      { label: "qa", relation: "newer" },
    ],
    ["an unknown earlier pair", login("bx", NOON - HOUR), { label: "boss", relation: "conflict" }],
    ["a stranger", login("x", NOON, { user: "u3" }), null],
  ] as const)("%s", (_what, live, owner) => {
    expect(ownerOf(pool, live)).toEqual(owner)
  })

  test("token equality beats identity where one person stands under two labels", () => {
    const twice = withLabels({ a: [login("r1")], b: [login("r2")] })
    expect(ownerOf(twice, login("r2"))).toEqual({ label: "b", relation: "same" })
    const rotated = login("r3", NOON + HOUR)
    expect(ownerOf(twice, rotated)).toEqual({ label: "a", relation: "newer" })
    expect(ownerOf(twice, rotated, "b")).toEqual({ label: "b", relation: "newer" })
  })
})

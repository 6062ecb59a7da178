import { describe, expect, test } from "bun:test"
import type { Document } from "../../src/domain/document.ts"
import { addQuarantine } from "../../src/domain/document-edits.ts"
import { pairHash } from "../../src/domain/pair.ts"
import { Secret } from "../../src/system/secret.ts"
import { parseState } from "../../src/vault/parse.ts"
import { adoptQuarantined, findQuarantined, listQuarantine } from "../../src/vault/quarantine.ts"
import { referenceState } from "./reference-state.ts"

const OUTGOING = { id: "new1", at: Date.parse("2026-02-02T00:00:00.000Z") }

function document(): Document {
  const parsed = parseState(JSON.stringify(referenceState()))
  if (parsed.kind !== "state") throw new Error(parsed.code)
  const reply = { rawReply: new Secret("CANARY-reply") }
  const base = { at: "2026-01-02T00:00:00.000Z", provider: "openai-codex", label: null } as const
  const one = {
    ...base,
    id: "3f00",
    reason: "reply_unreadable",
    identity: "unknown",
    credential: reply,
  }
  return addQuarantine(parsed.document, one)
}

const revealed = (token: unknown) => (token instanceof Secret ? token.reveal() : token)

test("the list shows everything but the logins", () => {
  expect(listQuarantine(document())).toEqual([
    {
      id: "3f9c",
      at: "2026-01-01T00:00:00.000Z",
      provider: "openai-codex",
      label: "boss",
      reason: "wrong_identity",
      identity: "someone",
      adoptable: true,
    },
    {
      id: "3f00",
      at: "2026-01-02T00:00:00.000Z",
      provider: "openai-codex",
      label: null,
      reason: "reply_unreadable",
      identity: "unknown",
      adoptable: false,
    },
  ])
})

test("an entry of another program is listed and passed over", () => {
  const odd = { ...document(), quarantine: [{}, { id: 4, credential: null }] } as never as Document
  expect(listQuarantine(odd).map(({ id, adoptable }) => [id, adoptable])).toEqual([
    ["", false],
    ["", false],
  ])
  expect(findQuarantined(odd, "4")).toEqual({ kind: "none" })
})

test.each([
  ["3f9c", "found"],
  ["3F9 ", "found"],
  ["3f", "ambiguous"],
  ["", "none"],
  ["9", "none"],
])("finding %p is %s", (id, kind) => {
  expect(findQuarantined(document(), id).kind).toBe(kind as never)
})

describe("adopting", () => {
  test("makes the kept login the label's, and keeps the one it had", () => {
    const before = document()
    const result = adoptQuarantined(before, "3f9c", "boss", OUTGOING)
    if (result.kind !== "adopted") throw new Error(result.kind)
    const record = result.document.credentials["openai-codex"]?.boss
    expect(revealed(record?.refresh)).toBe("CANARY-q-refresh")
    expect(record?.unknownInCredential).toEqual({ kept: true })
    expect(record?.formerPairs).toEqual([pairHash(new Secret("CANARY-boss-refresh"))])
    expect(listQuarantine(result.document).map(({ id }) => id)).toEqual(["3f00", "new1"])
    const kept = findQuarantined(result.document, "new1")
    if (kept.kind !== "found") throw new Error(kept.kind)
    expect(kept.entry).toMatchObject({ label: "boss", reason: "replaced" })
    expect(revealed(kept.entry.credential.refresh)).toBe("CANARY-boss-refresh")
    expect(JSON.stringify(before)).toBe(JSON.stringify(document()))
  })

  test("gives a label its first login", () => {
    const result = adoptQuarantined(document(), "3f9c", "qa", OUTGOING)
    if (result.kind !== "adopted") throw new Error(result.kind)
    expect(result.document.credentials["openai-codex"]?.qa?.refresh).toBeInstanceOf(Secret)
    expect(listQuarantine(result.document).map(({ id }) => id)).toEqual(["3f00"])
  })

  test.each(["3f00", "3f9", "gone"])("is refused for %p", (id) => {
    expect(adoptQuarantined(document(), id, "boss", OUTGOING)).toEqual({ kind: "not_adoptable" })
  })
})

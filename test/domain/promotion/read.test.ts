import { describe, expect, test } from "bun:test"
import type { JsonObject } from "../../../src/domain/login.ts"
import { promotionText } from "../../../src/domain/promotion/promotion.ts"
import { readPromotion } from "../../../src/domain/promotion/read.ts"
import { AimError } from "../../../src/system/errors.ts"
import { Secret } from "../../../src/system/secret.ts"
import { login } from "../logins.ts"
import { authorityOf, promoting } from "./promotions.ts"

const KIND = "aimgr.codexPromotion.v1"
const text = (labels: object) => JSON.stringify({ kind: KIND, labels })
const entry = { provider: "openai-codex", credential: { access: "a" }, base: {} }

function said(input: string): [code: string, message: string] {
  try {
    readPromotion("openai-codex", input)
  } catch (error) {
    if (error instanceof AimError) return [error.problem.code, error.message]
    throw error
  }
  return ["taken", ""]
}

test("what was written is what is read, its tokens sealed", () => {
  const authority = authorityOf({ boss: {} })
  const { verdict: _none, ...record } = { ...login("boss-2").fields, verdict: { reason: "x" } }
  const sent = promoting(authority, "openai-codex", {
    boss: { ...record, verdict: { reason: "x" } },
  })
  const read = readPromotion("openai-codex", promotionText(sent).reveal())
  const { credential, base, accountId } = read.labels.boss ?? {}
  expect((credential as JsonObject).refresh).toBeInstanceOf(Secret)
  expect(new Secret("boss-2").equals((credential as JsonObject).refresh as Secret)).toBe(true)
  expect(credential).not.toHaveProperty("verdict")
  expect([accountId, base?.credentialFingerprint]).toEqual([
    "acct-1",
    sent.labels.boss?.base.credentialFingerprint ?? "",
  ])
  expect(JSON.stringify(sent)).not.toContain("boss-2")
})

describe("what is no promotion is refused, and nothing of it is repeated", () => {
  test.each([
    ["", "promotion_missing"],
    [" \n", "promotion_missing"],
    ["{", "promotion_not_json"],
    ["secret", "promotion_not_json"],
    ["[]", "promotion_not_json"],
    [`${'{"x":'.repeat(300)}1${"}".repeat(300)}`, "promotion_not_json"],
    ["{}", "promotion_invalid"],
    ['{"kind":"aimgr.claudePromotion.v1","labels":{"boss":{}}}', "promotion_invalid"],
    ['{"kind":"aimgr.codexPromotion.v1","labels":[1]}', "promotion_invalid"],
    [text({}), "promotion_empty"],
    [text({ "../secret": entry }), "promotion_invalid"],
    [text({ __proto__x: entry }), "promotion_invalid"],
    [text({ boss: entry, Boss: entry }), "promotion_invalid"],
    [text({ boss: { ...entry, credential: "secret" } }), "promotion_invalid"],
    [text({ boss: { ...entry, base: { credentialFingerprint: 7 } } }), "promotion_invalid"],
    [text({ boss: { ...entry, provider: "secret" } }), "promotion_wrong_provider"],
    [
      text(Object.fromEntries([...Array(1_001).keys()].map((n) => [`l${n}`, entry]))),
      "promotion_invalid",
    ],
  ])("%p", (input, code) => {
    const [is, message] = said(input)
    expect(is).toBe(code)
    expect(message).not.toContain("secret")
  })

  test("unknown keys of a Codex login do not come in", () => {
    const labels = { boss: { ...entry, credential: { access: "a", junk: "x".repeat(99) } } }
    const { boss } = readPromotion("openai-codex", text(labels)).labels
    expect(Object.keys(boss?.credential ?? {})).toEqual(["access"])
  })
})

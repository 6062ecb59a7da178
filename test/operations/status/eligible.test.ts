import { describe, expect, test } from "bun:test"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { patchAccount, putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import type { Reading } from "../../../src/domain/window.ts"
import { type AccountStatus, accountStatus } from "../../../src/operations/status/account.ts"
import { rememberedBy } from "../../../src/operations/status/record.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import { five, reading, week } from "../../domain/choice/input.ts"
import { login, NOON } from "../../domain/logins.ts"
import { view } from "../../support/pool-readings.ts"
import { openPoolWorld } from "../../support/pool-world.ts"

const MINUTE = 60_000
const BOSS = putCredential(
  putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex" }),
  "openai-codex",
  "boss",
  login("r1").fields,
)

async function statusOf(
  document: Document,
  label: string,
  {
    read = null as Reading | null,
    at = NOON,
    cooling = false,
    dirtyLocal = null as boolean | null,
  } = {},
): Promise<AccountStatus> {
  await using world = await openPoolWorld([])
  if (cooling) world.pool.ledger.cool(keyOf("openai-codex", label), at + MINUTE, "usage_limit")
  const remembered = rememberedBy(world.pool.ledger, at)
  const facts = { view: view(label, read), dirtyLocal, remembered }
  return accountStatus(world.pool, document, label, facts, at)
}

const fresh = (used: number, more: Partial<Reading> = {}) =>
  reading([five(used, NOON + 60 * MINUTE), week(10, NOON + 999 * MINUTE)], {
    observedAt: NOON,
    ...more,
  })

describe("a label is eligible", () => {
  const credits = { hasCredits: true, unlimited: false, balance: "7" }
  const CASES: [string, Parameters<typeof statusOf>[2], Document, boolean][] = [
    ["with quota left", { read: fresh(90) }, BOSS, true],
    ["not when its quota is spent", { read: fresh(100) }, BOSS, false],
    ["not without a reading", {}, BOSS, false],
    ["not against the provider's word", { read: fresh(10, { allowed: false }) }, BOSS, false],
    [
      "by credits, where it has no windows",
      { read: fresh(0, { windows: [], credits }) },
      BOSS,
      true,
    ],
    ["not while it cools", { read: fresh(10), cooling: true }, BOSS, false],
    [
      "not out of the pool",
      { read: fresh(10) },
      patchAccount(BOSS, "boss", { pool: { enabled: false } }),
      false,
    ],
  ]
  test.each(CASES)("%s", async (_name, how, document, eligible) => {
    expect((await statusOf(document, "boss", how)).operator.eligible).toBe(eligible)
  })
})

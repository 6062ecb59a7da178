import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { putAccount, putCredential } from "../../../src/domain/document-edits.ts"
import type { Reading } from "../../../src/domain/window.ts"
import { type AccountStatus, accountStatus } from "../../../src/operations/status/account.ts"
import { rememberedBy } from "../../../src/operations/status/record.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import { five, reading, week } from "../../domain/choice/input.ts"
import { login, NOON } from "../../domain/logins.ts"
import { view } from "../../support/pool-readings.ts"
import { openPoolWorld } from "../../support/pool-world.ts"

export const MINUTE = 60_000
export const BOSS = putCredential(
  putAccount(EMPTY_DOCUMENT, "boss", { provider: "openai-codex" }),
  "openai-codex",
  "boss",
  login("r1").fields,
)

export async function statusOf(
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

export const fresh = (used: number, more: Partial<Reading> = {}) =>
  reading([five(used, NOON + 60 * MINUTE), week(10, NOON + 999 * MINUTE)], {
    observedAt: NOON,
    ...more,
  })

import { describe, expect, test } from "bun:test"
import type { ImportItem, ImportReason } from "../../../src/domain/import/plan.ts"
import { importConflict } from "../../../src/operations/sync/conflict.ts"

function hintOf(reasons: Record<string, ImportReason>): string | undefined {
  const items = Object.entries(reasons).map(
    ([label, reason]): ImportItem => ({
      ...{ label, reason, change: "conflict", dirty: true, kept: null, settings: [] },
      ...{ account: {}, credential: null, entry: {} },
    }),
  )
  const plan = { provider: "openai-codex", source: "ops@studio", at: 0, items } as const
  return importConflict({ ...plan, items })?.hint
}

const DISCARD =
  "give them up (they go to quarantine): aim sync codex --from ops@studio --discard-dirty"
const KEEP = "or keep all labels as this machine's: aim authority forget codex"
const CHANGED = "authority_would_overwrite_local_update"
const GONE = "removed_from_authority"

describe("the way out of a conflict", () => {
  test("is to publish what has changed, or to give it up", () =>
    expect(hintOf({ boss: CHANGED, qa: CHANGED })).toBe(
      `publish them: aim promote codex --to ops@studio boss qa; or ${DISCARD}`,
    ))

  test("is no promotion for a label that is gone there", () =>
    expect(hintOf({ boss: GONE })).toBe(`${DISCARD}; ${KEEP}`))

  test("names each of both kinds once", () =>
    expect(hintOf({ boss: CHANGED, qa: GONE })).toBe(
      `publish what is there still: aim promote codex --to ops@studio boss; then ${DISCARD}; ${KEEP}`,
    ))
})

import { describe, expect, test } from "bun:test"
import type { WatchReceipt } from "../../src/domain/receipt.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { watchLines } from "../../src/render/watch.ts"

const RECEIPT: WatchReceipt = {
  ...{ action: "codex_watch", status: "noop", observedAt: "2026-03-04T12:00:00.000Z" },
  ...{ thresholdPct: 20, weeklyThresholdPct: 0, intervalSeconds: 300 },
  ...{ currentLabelBefore: "boss", currentLabelAfter: "boss", triggeredSelection: false },
  ...{ primaryRemainingPctBefore: null, secondaryRemainingPctBefore: null },
  ...{ warnings: [], blockers: [], captured: [], refreshed: [], stores: [] },
  decision: { reason: "usage_unknown", alsoReasons: [], numbers: {} },
}
const told = (more: Partial<WatchReceipt>) =>
  watchLines({ ok: true, receipt: { ...RECEIPT, ...more }, run: null, news: [] }, PLAIN).slice(1)

describe("a look without a reading", () => {
  const unreachableSince = "2026-03-04T11:15:00.000Z"
  const waitUntil = "2026-03-04T12:50:00.000Z"

  test.each<[more: Partial<WatchReceipt>, lines: string[]]>([
    [{}, []],
    [{ unreachableSince: RECEIPT.observedAt }, []],
    [{ unreachableSince }, ["  no reading  for 45m"]],
    [{ unreachableSince, waitUntil }, ["  no reading  for 45m, rate-limited; asked again in 50m"]],
  ])("%j says for how long, where no warning does", (more, lines) =>
    expect(told(more)).toEqual(lines),
  )
})

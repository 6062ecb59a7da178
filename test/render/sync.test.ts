import { expect, test } from "bun:test"
import type { ImportChange, ImportReason } from "../../src/domain/import/plan.ts"
import type { SyncResult } from "../../src/operations/sync-provider.ts"
import { PLAIN } from "../../src/render/layout/frame.ts"
import { syncLines } from "../../src/render/sync.ts"

function resultOf(dryRun: boolean, ...changes: [ImportChange, ImportReason][]): SyncResult {
  const items = changes.map(([change, reason], at) => ({
    label: `l${at}`,
    change,
    reason,
    dirty: false,
    kept: null,
    settings: [],
    account: {},
    credential: null,
    entry: change === "removed" ? null : {},
  }))
  return {
    ok: true,
    dryRun,
    provider: "openai-codex",
    imported: { source: "ssh://studio", importedAt: "", importedLabels: [], removedLabels: [] },
    transport: "aim",
    remoteVersion: null,
    hint: null,
    plan: { provider: "openai-codex", source: "ssh://studio", at: 0, items },
    captured: [],
    stores: [],
    pruned: [],
    warnings: [],
    promoted: { labels: [], problem: null },
    liveApplied: null,
    liveApplyError: null,
    error: null,
  }
}

test.each([
  [false, [["added", "new"]], "1 codex label imported from ssh://studio"],
  [true, [["added", "new"]], "1 codex label would be imported from ssh://studio"],
  [
    false,
    [
      ["kept", "same"],
      ["kept", "same"],
    ],
    "ssh://studio has nothing new: 2 codex labels as before",
  ],
  [true, [["kept", "same"]], "ssh://studio has nothing new: 1 codex label as before"],
  [
    false,
    [
      ["kept", "same"],
      ["updated", "newer_there"],
    ],
    "2 codex labels imported from ssh://studio",
  ],
  [
    false,
    [
      ["kept", "same"],
      ["removed", "removed_there"],
    ],
    "1 codex label imported from ssh://studio",
  ],
] as [boolean, [ImportChange, ImportReason][], string][])(
  "dry %p, %p: %s",
  (dryRun, changes, headline) => {
    expect(syncLines(resultOf(dryRun, ...changes), PLAIN)[0]).toBe(headline)
  },
)

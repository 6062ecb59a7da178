import { describe, expect, setSystemTime, test } from "bun:test"
import { chooseLabel } from "../../../src/domain/choice.ts"
import {
  emptyProgress,
  noteRefreshed,
  type Progress,
  selectionReceipt,
} from "../../../src/operations/switch/receipt.ts"
import { keyOf } from "../../../src/pool/pool.ts"
import type { RefreshOutcome } from "../../../src/pool/refresh-outcome.ts"
import { codexTarget } from "../../../src/targets/codex/codex-target.ts"
import { anInput, used } from "../../domain/choice/input.ts"
import { homesAt, storeIn } from "../../targets/codex/fixtures.ts"

const boss = keyOf("openai-codex", "boss")
const target = codexTarget(homesAt("/home/x"))
const store = storeIn("/home/x/.codex")
const receipt = (
  progress: Partial<Progress>,
  end: Partial<Parameters<typeof selectionReceipt>[3]>,
) =>
  selectionReceipt(
    target,
    store,
    { ...emptyProgress(), ...progress },
    {
      status: "activated",
      wrote: [store.file],
      ...end,
    },
  )

const NOTED: [RefreshOutcome, object | null][] = [
  [{ kind: "not_due" }, null],
  [{ kind: "refreshed" }, { label: "boss", outcome: "refreshed" }],
  [
    { kind: "captured", store: "/h" },
    { label: "boss", outcome: "captured" },
  ],
  [
    { kind: "transient", detail: "http_500" },
    { label: "boss", outcome: "transient", detail: "http_500" },
  ],
  [
    { kind: "dead", reason: "invalid_grant", known: false },
    { label: "boss", outcome: "dead", detail: "invalid_grant" },
  ],
]

describe("a refresh on the way", () => {
  test.each(NOTED.map(([outcome, noted]) => [outcome.kind, outcome, noted] as const))(
    "(%s) is noted by its outcome, if it was due",
    (kind, outcome, noted) => {
      const progress = emptyProgress()
      noteRefreshed(progress, [{ key: boss, outcome }])
      expect(progress.refreshed as unknown[]).toEqual(noted === null ? [] : [noted])
      const captured = { label: "boss", store: "/h", reason: "newer_pair" }
      expect(progress.captured).toEqual(kind === "captured" ? [captured] : [])
    },
  )
})

describe("the receipt of a switch", () => {
  const choice = chooseLabel(
    anInput({ mode: "use", current: "boss", labels: [used("boss", 100, 10), used("qa", 5, 5)] }),
  )

  test("has the reference's names, and what was decided with its numbers", () => {
    setSystemTime(new Date("2026-11-21T12:00:00Z"))
    const progress = { choice: { ...choice, earliestResetAt: 0 }, previousLabel: "boss" }
    const written = receipt(progress, { label: "qa", accountId: "acct-1" })
    setSystemTime()
    expect(written).toEqual({
      action: "codex_use",
      status: "activated",
      observedAt: "2026-11-21T12:00:00.000Z",
      previousLabel: "boss",
      label: "qa",
      accountId: "acct-1",
      keptCurrent: false,
      reasons: [choice.reason, ...choice.alsoReasons],
      authPath: "/home/x/.codex/auth.json",
      wroteAuthJson: true,
      warnings: [],
      blockers: [],
      decision: {
        reason: choice.reason,
        alsoReasons: choice.alsoReasons,
        numbers: { ...choice.numbers, earliestResetAt: "1970-01-01T00:00:00.000Z" },
      },
      captured: [],
      refreshed: [],
      stores: [],
    })
  })

  test("leaves out what there is not", () => {
    const bare = receipt({}, { status: "blocked", wrote: [], label: null })
    expect(Object.keys(bare)).not.toContainAnyValues([
      "previousLabel",
      "label",
      "accountId",
      "decision",
      "replacedLoginKeptAt",
    ])
    expect(bare).toMatchObject({ status: "blocked", reasons: [], keptCurrent: false })
    const unknown = receipt({ choice: { ...choice, earliestResetAt: null, kept: true } }, {})
    expect(unknown).toMatchObject({
      keptCurrent: true,
      decision: { numbers: { earliestResetAt: null } },
    })
  })

  test("is `activated_with_warnings` with any, but a noop or a block stays what it is", () => {
    const warnings = [{ kind: "x" }]
    const statuses = (["activated", "noop", "blocked"] as const).map(
      (status) => receipt({ warnings }, { status }).status,
    )
    expect(statuses).toEqual(["activated_with_warnings", "noop", "blocked"])
    expect(receipt({ warnings }, {}).warnings).toEqual(warnings)
  })

  test("carries what was captured, refreshed, kept aside, and what stood in the way", () => {
    const captured = [{ label: "boss", store: "/h", reason: "newer_pair" }]
    const refreshed = [{ label: "boss", outcome: "refreshed" }]
    const blockers = [{ kind: "y" }]
    expect(receipt({ captured, refreshed, keptFile: "/copy" }, { blockers })).toMatchObject({
      captured,
      refreshed,
      blockers,
      replacedLoginKeptAt: "/copy",
    })
  })
})

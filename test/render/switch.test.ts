import { describe, expect, test } from "bun:test"
import type { SelectionReceipt } from "../../src/domain/receipt.ts"
import { switchLines } from "../../src/render/switch.ts"
import { switchDocument } from "../../src/render/switch-document.ts"
import { inHours, PIPE, screen } from "./status/value.ts"

const BASE: SelectionReceipt = {
  action: "codex_use",
  status: "activated",
  observedAt: inHours(0),
  previousLabel: "boss",
  label: "qa",
  accountId: "ws-qa",
  keptCurrent: false,
  reasons: ["spent_before_next_tick"],
  authPath: "/home/op/.codex/auth.json",
  wroteAuthJson: true,
  warnings: [],
  blockers: [],
  decision: { reason: "spent_before_next_tick", alsoReasons: [], numbers: {} },
  captured: [],
  refreshed: [],
  stores: [],
}
const STAYS = { reason: "lasts", alsoReasons: [], numbers: {} }

function activation(more: Partial<SelectionReceipt>, dryRun = false) {
  const receipt = { ...BASE, ...more }
  return { ok: receipt.status !== "blocked", dryRun, receipt }
}
const lines = (more: Partial<SelectionReceipt>, dryRun = false) =>
  switchLines(activation(more, dryRun), PIPE)

test("a switch with all that can happen on its way", () => {
  const all = lines({
    status: "activated_with_warnings",
    captured: [
      { label: "boss", store: "/home/op/.codex", reason: "newer_pair" },
      { label: "new", store: "/home/op/.codex", reason: "adopted" },
    ],
    refreshed: [
      { label: "qa", outcome: "refreshed" },
      { label: "lessons", outcome: "rate_limited" },
    ],
    stores: [
      { store: "/home/op/codex-qa", label: "qa", outcome: "reached" },
      { store: "/home/op/codex-x", label: "x", outcome: "store_moved" },
    ],
    warnings: [
      {
        kind: "previous_label_in_use",
        detail:
          "codex (pid 42) was running before the switch and keeps `boss` until it is started anew",
        hint: "restart it to use the new label",
      },
    ],
  })
  expect(screen(all)).toMatchInlineSnapshot(`
    "
    boss -> qa: \`boss\` is spent, or would be within minutes
      captured   boss: Codex had renewed its login in /home/op/.codex; the vault has it now
      captured   new: the login in /home/op/.codex is this label from now on
      refreshed  qa
      refresh    lessons: rate limited
      wrote      /home/op/.codex/auth.json
      \`qa\` in /home/op/codex-qa: brought up to date
      \`x\` in /home/op/codex-x: not reached yet: it changed meanwhile; the next command tries again
    warning: codex (pid 42) was running before the switch and keeps \`boss\` until it is started anew
      hint: restart it to use the new label
    "
  `)
})

describe("the first line says what came of it", () => {
  test.each([
    [{}, false, "boss -> qa: `boss` is spent, or would be within minutes"],
    [{}, true, "would switch boss -> qa: `boss` is spent, or would be within minutes"],
    [{ status: "noop", label: "boss", decision: STAYS }, false, "boss stays: it still lasts"],
    [{ status: "noop", label: "boss", decision: STAYS }, true, "boss would stay: it still lasts"],
    [
      { label: "boss", decision: STAYS },
      false,
      "boss stays, with its newest login: it still lasts",
    ],
    [{ label: "boss", decision: STAYS, wroteAuthJson: false }, false, "boss stays: it still lasts"],
    [{ status: "blocked" }, false, "not switched: Codex stays on boss"],
    [{ status: "blocked" }, true, "would not switch: Codex stays on boss"],
  ] as [Partial<SelectionReceipt>, boolean, string][])("%j dry run %p", (more, dryRun, line) =>
    expect(lines(more, dryRun)[0]).toBe(line),
  )

  test("also without a label before", () => {
    const { previousLabel: _none, ...first } = BASE
    const value = { ok: true, dryRun: false, receipt: first }
    expect(switchLines(value, PIPE)[0]).toStartWith("switched to qa: ")
    expect(switchLines({ ...value, dryRun: true }, PIPE)[0]).toStartWith("would switch to qa: ")
    expect(switchLines({ ...value, receipt: { ...first, status: "blocked" } }, PIPE)[0]).toBe(
      "not switched: Codex is left as it is",
    )
  })
})

test("a dry run and a noop say that nothing was written", () => {
  expect(lines({ wroteAuthJson: false }, true)).toContain("  a dry run: nothing was written")
  expect(lines({ status: "noop", wroteAuthJson: false })).toContain(
    "  nothing to do: no file was touched",
  )
})

test("a blocked switch names the way out, for a person in hours", () => {
  const blocked = activation({
    status: "blocked",
    wroteAuthJson: false,
    blockers: [
      {
        kind: "nothing_can_serve",
        earliestResetAt: inHours(1.2),
        detail: "no other label can serve now; the live login stays as it is",
        hint: "the first label frees up at 2026",
      },
    ],
  })
  expect(screen(switchLines(blocked, PIPE))).toMatchInlineSnapshot(`
    "
    not switched: Codex stays on boss
    blocked: no other label can serve now; the live login stays as it is
      hint: the first label frees up in 1h 12m; \`aim why\` shows them all
    "
  `)
  expect(switchDocument(blocked)).toMatchObject({
    ok: false,
    error: { code: "nothing_can_serve", hint: "the first label frees up at 2026" },
    activated: { status: "blocked", wrote: { auth: false } },
  })
})

test("a program gets the reference's shape", () => {
  expect(switchDocument(activation({}))).toEqual({
    ok: true,
    activated: { status: "activated", receipt: BASE, wrote: { auth: true } },
  })
  expect(switchDocument(activation({}, true))).toMatchObject({ ok: true, dryRun: true })
})

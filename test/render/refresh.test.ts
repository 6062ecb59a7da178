import { expect, test } from "bun:test"
import type { RefreshResult } from "../../src/operations/refresh-labels.ts"
import type { RefreshOutcome } from "../../src/pool/refresh-outcome.ts"
import { refreshDocument, refreshLines } from "../../src/render/refresh.ts"
import { PIPE, screen } from "./status/value.ts"

const OUTCOMES: RefreshOutcome[] = [
  { kind: "refreshed" },
  { kind: "captured", store: "/home/op/.codex" },
  { kind: "not_due" },
  {
    kind: "deferred",
    deferral: {
      store: "/home/op/.codex",
      holders: [{ pid: 42, command: "codex", startedAt: null }],
      unreadable: false,
      retryInSeconds: 48,
    },
  },
  { kind: "busy", detail: "another aim has held the lock `label` for too long" },
  { kind: "no_login" },
  { kind: "dead", reason: "invalid_grant", known: false },
  { kind: "dead", reason: "refresh_interrupted", known: false },
  { kind: "quarantined", reason: "wrong_identity", id: "1a2b3c4d" },
  { kind: "superseded" },
  { kind: "transient", detail: "http_503" },
  { kind: "transient", detail: "timeout" },
  { kind: "rate_limited", retryAfterMs: 90_000 },
  { kind: "rate_limited", retryAfterMs: null },
  { kind: "unauthorized", detail: "http_403" },
  { kind: "protocol", detail: "the reply is no JSON object" },
  { kind: "busy", detail: "/home/op/.claude.json is empty", hint: "set it aside" },
]

const result = (more: Partial<RefreshResult>): RefreshResult => ({
  ok: true,
  labels: [],
  recovered: [],
  stores: [],
  ...more,
})

test("a line a label, each with what to do next", () => {
  const labels = OUTCOMES.map((outcome, index) => ({ label: `l${index}`, outcome }))
  expect(screen(refreshLines(result({ labels }), PIPE))).toMatchInlineSnapshot(`
    "
    l0   refreshed
    l1   a newer login was taken in from /home/op/.codex; nothing was posted
    l2   not due yet
    l3   left alone: codex (pid 42) has /home/op/.codex open and may be refreshing it; try again in 48 s
    l4   left alone: another aim has held the lock \`label\` for too long
      hint: aim refresh l4
    l5   no login is stored
      hint: aim login l5
    l6   dead: the issuer refused the login for good (invalid_grant)
      hint: aim login l6
    l7   dead: an earlier refresh was cut off before its reply arrived (refresh_interrupted)
      hint: aim login l7
    l8   the reply failed a check (wrong_identity) and is kept in quarantine as 1a2b3c4d
      hint: aim quarantine list
    l9   another login was stored meanwhile; the reply brought nothing new
    l10  not refreshed, the login stays as it is: HTTP 503
      hint: aim refresh l10
    l11  not refreshed, the login stays as it is: no reply in time
      hint: aim refresh l11
    l12  not refreshed: the issuer asks to wait 1m
      hint: aim refresh l12
    l13  not refreshed: the issuer asks to wait
      hint: aim refresh l13
    l14  not refreshed: the issuer refused the request: HTTP 403
    l15  not refreshed: the issuer's reply makes no sense: the reply is no JSON object
      hint: aim refresh l15
    l16  left alone: /home/op/.claude.json is empty
      hint: set it aside
    "
  `)
})

test("an interrupted refresh that was finished is named once", () => {
  const mine = { label: "boss", outcome: { kind: "refreshed" } as const }
  const other = { label: "qa", outcome: { kind: "refreshed" } as const }
  const lines = refreshLines(result({ labels: [mine], recovered: [mine, other] }), PIPE)
  expect(lines).toEqual(["qa    finished an interrupted refresh: refreshed", "boss  refreshed"])
})

test("without labels it says so", () => {
  expect(refreshLines(result({}), PIPE)).toEqual(["There is no enabled label to refresh."])
})

test("a program gets the outcome's fields side by side", () => {
  const labels = [
    { label: "boss", outcome: { kind: "dead", reason: "invalid_grant", known: false } as const },
  ]
  expect(refreshDocument(result({ ok: false, labels }))).toEqual({
    ok: false,
    labels: [{ label: "boss", outcome: "dead", reason: "invalid_grant", known: false }],
    recovered: [],
    stores: [],
  })
})

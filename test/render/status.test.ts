import { describe, expect, test } from "bun:test"
import { statusLines } from "../../src/render/status.ts"
import {
  account,
  client,
  NO_READING,
  PIPE,
  reauth,
  screen,
  status,
  usage,
  windowStatus,
} from "./status/value.ts"

const POOL = status(
  [
    reauth("lessons", "no usable login is stored"),
    account("boss"),
    account("old", {
      usage: usage({ five: [81, -0.1], week: [3, 30] }, { ageSeconds: 7_500, status: "transient" }),
    }),
    account("qa", { usage: usage({ five: [0, 4.9], week: [96.2, 20] }) }),
    account("weekly", {
      pool: { enabled: false },
      usage: usage({ week: [22, 90] }, { plan: "pro" }),
    }),
  ],
  {
    warnings: [
      { kind: "missing_credentials", label: "lessons", provider: "openai-codex", hint: "x" },
      { kind: "quarantine_not_empty", count: 2, hint: "aim quarantine list" },
    ],
  },
)

describe("a pool of labels", () => {
  test("fits 80 columns in plain letters, and says how to mend what is not ready", () => {
    const lines = statusLines(POOL, PIPE)
    expect(screen(lines)).toMatchInlineSnapshot(`
      "
      state      /home/op/.aimgr/secrets.json
      codex      boss, switched 3h ago
      home       /home/op/.codex
      next best  qa: best pace, with the most to use up before its reset

      label    login   plan  5h used      reset  week used    reset   age
      lessons  reauth  --    --              --  --              --    --
      boss     ready   plus  ###---  43%  2h12m  #-----  12%   3d4h   12s  in use
      old      ready   plus  #####-  81%    now  ------   3%   1d6h  2h5m  stale
      qa       ready   plus  ------   0%  4h54m  ######  96%    20h   12s  next
      weekly   ready   pro   --              --  #-----  22%  3d18h   12s  disabled

      lessons: no usable login is stored
        hint: log in with Codex in an empty home, then: aim codex capture lessons --source-home <dir>

      Not reached just now: old

      pool      3 of 4 ready, 1 without a reading: unknown is not spent
      5h        15% used; least left: boss, 57%
      week      37% used; least left: qa, 4%
      lasts     1d 20h at the present rate; then the weeks are spent, qa's soonest
      capacity  enough: 2 of 4 could serve now

      warning: 2 logins that failed a check are kept in quarantine
        hint: aim quarantine list
      "
    `)
    const table = lines.slice(5, 11)
    expect(table.every((line) => line.length <= 80)).toBe(true)
  })

  test("a wide terminal gets longer bars", () => {
    const lines = statusLines(POOL, { width: 120, color: false, unicode: true })
    expect(screen(lines.slice(5, 11))).toMatchInlineSnapshot(`
      "
      label    login   plan  5h used          reset  week used        reset   age
      lessons  reauth  --    --                  --  --                  --    --
      boss     ready   plus  ████░░░░░░  43%  2h12m  █░░░░░░░░░  12%   3d4h   12s  in use
      old      ready   plus  ████████░░  81%    now  ░░░░░░░░░░   3%   1d6h  2h5m  stale
      qa       ready   plus  ░░░░░░░░░░   0%  4h54m  ██████████  96%    20h   12s  next
      weekly   ready   pro   --                  --  ██░░░░░░░░  22%  3d18h   12s  disabled
      "
    `)
  })

  test("a narrow one gets numbers only", () => {
    const lines = statusLines(POOL, { ...PIPE, width: 60 })
    expect(screen(lines.slice(5, 11))).toMatchInlineSnapshot(`
      "
      label    login    5h  reset  week  reset   age
      lessons  reauth   --     --    --     --    --
      boss     ready   43%  2h12m   12%   3d4h   12s  in use
      old      ready   81%    now    3%   1d6h  2h5m  stale
      qa       ready    0%  4h54m   96%    20h   12s  next
      weekly   ready    --     --   22%  3d18h   12s  disabled
      "
    `)
  })

  test("colours change no letter", () => {
    const coloured = statusLines(POOL, { ...PIPE, color: true })
    expect(coloured.join("\n")).toContain("\u001b[33mreauth\u001b[0m")
    expect(coloured.map((line) => Bun.stripANSI(line))).toEqual(statusLines(POOL, PIPE))
  })
})

test("a window that is missing is never shown as zero", () => {
  const lines = statusLines(status([account("boss", { usage: NO_READING })]), PIPE)
  const row = lines.find((line) => line.startsWith("boss"))
  expect(row).toMatch(/^boss\s+ready\s+--\s+--\s+--\s+--\s+--\s+--\s+in use, no reading$/)
  expect(lines.join("\n")).not.toContain("0%")
  expect(lines.join("\n")).toContain("1 without a reading: unknown is not spent")
})

test("Codex labels come first, each provider's under titles of its own", () => {
  const claude = account("a-first", { provider: "anthropic" })
  const lines = statusLines(status([claude, account("boss")]), { ...PIPE, width: 60 })
  const words = lines.slice(6, 11).map((line) => line.split(" ")[0])
  expect(words).toEqual(["codex", "boss", "", "claude", "a-first"])
})

test("scoped windows and credits stand under the table", () => {
  const windows = [windowStatus("weekly:gpt-5", "weekly:gpt-5", 71, 50)]
  const credits = { hasCredits: true, unlimited: false, balance: "12.5" }
  const lines = statusLines(
    status([account("boss", { usage: usage({}, { windows, credits }) })]),
    PIPE,
  )
  expect(lines).toContain("boss: weekly:gpt-5 71% used, resets in 2d 2h; credits 12.5")
})

test("an empty home says what to do first", () => {
  const readback = { ...client().readback, holds: "absent", exists: false, email: null }
  const empty = status([], {
    codexCli: client({ activeLabel: null, inferredLabel: null, relation: null, readback }),
    decision: null,
    nextBestCandidate: null,
  })
  expect(screen(statusLines(empty, PIPE))).toMatchInlineSnapshot(`
    "
    state  /home/op/.aimgr/secrets.json
    codex  not logged in
    home   /home/op/.codex

    There is no label yet.

    Log in once for each account:

      aim login qa --provider openai-codex

    Then \`aim codex use\` gives Codex the label that should serve.
    \`aim demo\` shows all of it in a sandbox.
    "
  `)
})

test("a first login that lies in the Codex home can be kept", () => {
  const empty = status([], {
    codexCli: client({ activeLabel: null, inferredLabel: null, relation: null }),
    decision: null,
    nextBestCandidate: null,
  })
  const text = statusLines(empty, PIPE).join("\n")
  expect(text).toContain("/home/op/.codex holds a login (boss@example.test).")
  expect(text).toContain("\n  aim codex capture boss\n")
})

describe("what Codex really works with", () => {
  const header = (more: Parameters<typeof client>[0]) =>
    statusLines(status([account("boss")], { codexCli: client(more) }), PIPE)[1]
  const holding = (holds: string) => ({ ...client().readback, holds })

  test.each([
    [{}, "codex      boss, switched 3h ago"],
    [{ activeLabel: "qa" }, "codex      boss (the last switch was to `qa`)"],
    [{ activeLabel: null }, "codex      boss"],
    [
      { relation: "newer" },
      "codex      boss, with a login that Codex has rotated, switched 3h ago",
    ],
    [
      { inferredLabel: null, relation: null },
      "codex      a login of no label (boss@example.test) (the last switch was to `boss`)",
    ],
    [
      { inferredLabel: null, activeLabel: null, readback: holding("blank") },
      "codex      logged out: the login's tokens were emptied",
    ],
    [
      { inferredLabel: null, activeLabel: null, readback: holding("unmanaged") },
      "codex      a login that aim does not manage",
    ],
    [
      { inferredLabel: null, activeLabel: null, readback: holding("unreadable") },
      "codex      its auth.json can't be read",
    ],
  ])("%j", (more, line) => expect(header(more)).toBe(line))
})

describe("the next best label", () => {
  const next = (more: Parameters<typeof status>[1]) =>
    statusLines(status([account("boss")], more), PIPE)[3]

  test("is named with its reason", () =>
    expect(next({})).toBe("next best  qa: best pace, with the most to use up before its reset"))
  test("may be the present one", () =>
    expect(
      next({ decision: { reason: "idle_no_better", alsoReasons: [], label: "boss", kept: true } }),
    ).toBe("next best  boss stays: it lasts, and no other label is clearly better"))
  test("may be none", () =>
    expect(
      next({
        decision: { reason: "nothing_can_serve", alsoReasons: [], label: "boss", kept: true },
        nextBestCandidate: null,
      }),
    ).toBe("next best  none: no label can serve now (aim why)"))
  test("can't be named when all are disabled", () =>
    expect(next({ decision: null, nextBestCandidate: null })).toContain("aim account enable"))
})

test("a text from outside can't speak to the terminal", () => {
  const evil = "\u001b]0;owned\u0007x\u202e"
  const lines = statusLines(
    status([account("boss", { usage: usage({}, { plan: evil }) })], {
      statePath: `/home/${evil}`,
      warnings: [{ kind: "x", detail: evil, hint: evil }],
    }),
    PIPE,
  )
  expect(lines.join(" ")).toMatch(/^[^\p{Cc}\u202e]*$/u)
})

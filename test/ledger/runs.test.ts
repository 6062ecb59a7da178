import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import type { Tick } from "../../src/ledger/ledger.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { codes, freshFile, freshLedger } from "./temp-ledger.ts"

const NOON = Date.UTC(2026, 2, 4, 12)
const MINUTE = 60_000
const DAY = 1440 * MINUTE

const tickAt = (at: number, decision = "lasts", more: Partial<Tick> = {}): Tick => ({
  at,
  receipt: {
    action: "codex_watch",
    status: "noop",
    observedAt: new Date(at).toISOString(),
    label: "boss",
  },
  target: "codex",
  decision,
  last: { left: at - NOON },
  ...more,
})

describe("a run of ticks", () => {
  test("is one receipt, the first one's, with the time and numbers of the last", () => {
    const ledger = freshLedger()
    const first = ledger.addTick(tickAt(NOON))
    expect(first).toEqual({ id: first?.id ?? 0, firstAt: NOON, lastAt: NOON, count: 1 })
    ledger.addTick(tickAt(NOON + 5 * MINUTE))
    const last = ledger.addTick(tickAt(NOON + 10 * MINUTE))
    expect(last).toEqual({
      id: first?.id ?? 0,
      firstAt: NOON,
      lastAt: NOON + 10 * MINUTE,
      count: 3,
    })
    expect(ledger.receipts({ limit: 9 })).toEqual([
      {
        id: first?.id ?? 0,
        at: NOON + 10 * MINUTE,
        action: "codex_watch",
        status: "noop",
        target: "codex",
        label: "boss",
        run: { firstAt: NOON, count: 3, last: { left: 10 * MINUTE } },
        receipt: tickAt(NOON).receipt,
      },
    ])
    expect(ledger.lastRun("codex_watch")).toMatchObject({ count: 3, last: { left: 10 * MINUTE } })
    expect(ledger.lastRun("pi_watch")).toBeNull()
  })

  test("ends where another decision comes, and another watch's is none of it", () => {
    const ledger = freshLedger()
    ledger.addTick(tickAt(NOON))
    ledger.addTick(tickAt(NOON + 1, "lasts", { receipt: { action: "pi_watch", status: "noop" } }))
    ledger.addTick(tickAt(NOON + 2))
    ledger.addTick(tickAt(NOON + 3, "moved"))
    expect(ledger.addTick(tickAt(NOON + 4))?.count).toBe(1)
    const counts = ledger.receipts({ limit: 9 }).map(({ action, run }) => [action, run?.count])
    expect(counts).toEqual([
      ["codex_watch", 1],
      ["codex_watch", 1],
      ["codex_watch", 2],
      ["pi_watch", 1],
    ])
  })

  test("goes by the order of the ticks, not by a clock that was set back", () => {
    const ledger = freshLedger()
    ledger.addTick(tickAt(NOON + DAY))
    const set = ledger.addTick(tickAt(NOON, "moved"))
    expect(ledger.addTick(tickAt(NOON + MINUTE, "moved"))).toMatchObject({ id: set?.id, count: 2 })
    const again = ledger.addTick(tickAt(NOON - MINUTE, "moved"))
    expect(again).toMatchObject({ count: 3, lastAt: NOON + MINUTE })
  })

  test("holds every tick that a vault's file may carry back", () => {
    const ledger = freshLedger()
    for (const minutes of [0, 5, 10]) ledger.addTick(tickAt(NOON + minutes * MINUTE))
    const exported = tickAt(NOON + 5 * MINUTE).receipt
    ledger.seedReceipt("codex_watch", "codex", exported)
    expect(ledger.receipts({ limit: 9 })).toHaveLength(1)
    ledger.seedReceipt("codex_watch", "codex", tickAt(NOON + 11 * MINUTE).receipt)
    expect(ledger.receipts({ limit: 9 })).toHaveLength(2)
  })

  test("goes with its receipt; what changed nothing goes after 90 days, but for the newest", () => {
    const file = freshFile()
    const ledger = openLedger(file, { now: NOON })
    ledger.addTick(tickAt(NOON))
    ledger.addTick(
      tickAt(NOON + 1, "moved", { receipt: { action: "codex_watch", status: "activated" } }),
    )
    ledger.addTick(tickAt(NOON + 2))
    ledger.tidy(NOON + 91 * DAY)
    expect(ledger.receipts({ limit: 9 }).map(({ status }) => status)).toEqual(["noop", "activated"])
    ledger.addTick(tickAt(NOON + 400 * DAY, "moved"))
    ledger.tidy(NOON + 400 * DAY)
    ledger.close()
    const raw = new Database(file, { readonly: true })
    expect(raw.query("select count(*) as n from run").get()).toEqual({ n: 1 })
    expect(raw.query("select count(*) as n from receipt").get()).toEqual({ n: 1 })
    raw.close()
  })
})

test("thousands of ticks stay as small as the changes among them", () => {
  const file = freshFile()
  const body = {
    numbers: Object.fromEntries([...Array(16).keys()].map((n) => [`number${n}`, n / 7])),
  }
  const year = openLedger(file, { now: NOON })
  for (const action of ["codex_watch", "pi_watch"])
    for (let n = 0; n < 2_000; n++)
      year.addTick(
        tickAt(NOON + n * 5 * MINUTE, `${Math.floor(n / 100)}`, {
          receipt: { action, status: "noop", ...body },
        }),
      )
  expect(year.receipts({ limit: 99 })).toHaveLength(40)
  expect(codes(year)).toEqual([])
  year.close()
  expect(Bun.file(file).size).toBeLessThan(400_000)
})

test("a ledger of the version before gets the table and keeps its receipts", () => {
  const file = freshFile()
  const before = openLedger(file, { now: NOON })
  before.addReceipt(NOON, { action: "codex_use", status: "noop" }, "codex")
  before.close()
  const old = new Database(file)
  old.run("drop trigger run_without_receipt")
  old.run("drop table run")
  old.run("drop table note")
  old.run("pragma user_version = 2")
  old.close()
  const ledger = openLedger(file, { now: NOON })
  expect(ledger.receipts({ limit: 9 })).toHaveLength(1)
  expect(ledger.addTick(tickAt(NOON))?.count).toBe(1)
  expect(codes(ledger)).toEqual([])
})

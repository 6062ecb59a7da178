import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { openLedger } from "../../src/ledger/open.ts"
import { freshFile, freshLedger } from "./temp-ledger.ts"
import { BOSS, CLAUDE, NOON, QA, reading } from "./temp-ledger-values.ts"

test("what is known of all labels of a provider is what is known of each", () => {
  const ledger = freshLedger()
  for (const [at, key] of [BOSS, QA, CLAUDE].entries()) {
    ledger.saveReading(key, reading(NOON + at, at, at), true)
    ledger.saveProbe(key, { lastOutcome: "transient", lastAttemptAt: NOON + at })
    ledger.cool(key, NOON + at, `reason ${at}`)
  }
  const now = NOON - 1
  for (const provider of ["openai-codex", "anthropic"] as const) {
    const labels = provider === "anthropic" ? ["boss"] : ["boss", "qa"]
    const readings = ledger.lastReadings(provider)
    const probes = ledger.probeStates(provider)
    const coolings = ledger.coolings(provider, now)
    for (const known of [readings, probes, coolings])
      expect([...known.keys()].sort()).toEqual(labels)
    for (const label of labels) {
      const key = { provider, label }
      expect(readings.get(label)).toEqual(ledger.lastReading(key) ?? undefined)
      expect(probes.get(label)).toEqual(ledger.probeState(key))
      expect(coolings.get(label)).toEqual(ledger.cooling(key, now) ?? undefined)
    }
  }
  expect([...ledger.coolings("openai-codex", NOON).keys()]).toEqual(["qa"])
})

test("a reading that can't be read is none, and hides no other", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  for (const key of [BOSS, QA]) ledger.saveReading(key, reading(NOON, 1, 1), true)
  const other = new Database(file, { readwrite: true, create: false })
  other.run("update last_reading set reading = '[]' where label = 'boss'")
  other.close()
  expect([...ledger.lastReadings("openai-codex").keys()]).toEqual(["qa"])
})

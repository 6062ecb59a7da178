import { expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { ledgerText, parseLedgerText } from "../../src/ledger/ledger-text.ts"
import { openLedger } from "../../src/ledger/open.ts"
import { Secret } from "../../src/system/secret.ts"
import { isoTime } from "../../src/system/time.ts"
import { freshFile } from "./temp-ledger.ts"
import { BOSS, NOON, reading } from "./temp-ledger-values.ts"

const CANARY = "AIMCANARY"
const JWT = `eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwieSI6MX0.${CANARY}0123456789`

test.each([
  ["a Secret", { receipt: new Secret(CANARY) }],
  ["a Secret in a list", { list: [[new Secret(CANARY)]] }],
  ["text under a token's key", { tokens: { refresh_token: CANARY, idToken: CANARY } }],
  ["a JWT in a sentence", { why: `the header was Bearer ${JWT}, refused` }],
  ["an Anthropic token", { why: `sk-ant-oat01-${CANARY}-abcdefghijk` }],
  ["a Codex refresh token", { why: `rt_${CANARY}_0123456789abcdef0123456789` }],
])("%s never becomes text", (_, value) => {
  const text = ledgerText(value)
  expect(text).not.toContain(CANARY)
  expect(text).toContain("[redacted]")
  expect(parseLedgerText(text)).not.toBeNull()
})

test("what is no token stays as it is", () => {
  const value = {
    label: "rt_boss",
    reasons: ["sk-8"],
    hash: "a".repeat(64),
    eyJ: "eyJ.a.b",
    n: 1.5,
  }
  expect(parseLedgerText(ledgerText(value))).toEqual(value)
})

test.each(["", "{", "7", "null", "[]"])("%p is no kept object", (text) => {
  expect(parseLedgerText(text)).toBeNull()
})

test("no byte of the ledger's files holds a token that was handed to any method", () => {
  const file = freshFile()
  const ledger = openLedger(file, { now: NOON })
  const token = new Secret(CANARY)
  const receipt = { action: "codex_use", status: "noop", token, note: JWT, access: CANARY }
  ledger.addReceipt(NOON, receipt, "codex")
  ledger.seedReceipt("pi_use", "pi", { ...receipt, observedAt: isoTime(NOON) })
  ledger.addHistory("openai-codex", { observedAt: isoTime(NOON), kind: "selection", token })
  ledger.saveProbe(BOSS, { lastDetail: JWT })
  ledger.cool(BOSS, NOON + 1, JWT)
  ledger.saveReading(BOSS, Object.assign(reading(NOON, 1, 1), { token }), true)
  const folder = dirname(file)
  const names = readdirSync(folder)
  expect(names).toContain("ledger.db-wal")
  for (const name of names) expect(readFileSync(join(folder, name), "latin1")).not.toContain(CANARY)
  expect(ledger.lastReceipt("codex_use")?.receipt.token).toBe("[redacted]")
  ledger.close()
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "latin1")).not.toContain(CANARY)
})

import { openLedger } from "../../src/ledger/open.ts"
import { isoTime } from "../../src/system/time.ts"
import { BOSS, NOON, reading } from "./temp-ledger-values.ts"

/**
 * A process that writes `count` of everything into a ledger, saying each number on stdout once it
 * is kept, and at the end the codes of its warnings.
 */
const [file = "", name = "", count = "0"] = process.argv.slice(2)
// Patient: on a busy machine another may be stopped in the middle of its write for long.
const ledger = openLedger(file, { now: NOON, waitMs: 60_000 })
for (let number = 0; number < Number(count); number++) {
  const at = NOON + number * 60_000
  ledger.addReceipt(at, { action: name, status: "noop", number }, "codex")
  ledger.saveReading({ provider: "openai-codex", label: name }, reading(at, number % 100, 1), true)
  ledger.addHistory("openai-codex", { observedAt: isoTime(at), kind: "selection", label: name })
  ledger.saveProbe(BOSS, { lastOutcome: "transient" })
  console.log(number)
}
ledger.close()
console.log(JSON.stringify(ledger.warnings.map(({ code }) => code)))

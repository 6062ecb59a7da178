import { openLedger } from "../../src/ledger/open.ts"

/**
 * Another process that writes to a ledger every few milliseconds until its stdin ends; then it says
 * how long one write took at most, in milliseconds. No write may fail.
 */
const [file = ""] = process.argv.slice(2)
const ledger = openLedger(file, { now: Date.now() })
let longest = 0
let ended = false
process.stdout.write("writing\n")
Bun.stdin.text().then(() => {
  ended = true
})
while (!ended) {
  const begun = performance.now()
  ledger.addReceipt(Date.now(), { action: "bench_other", status: "noop" }, null)
  longest = Math.max(longest, performance.now() - begun)
  await Bun.sleep(5)
}
ledger.close()
if (ledger.warnings.length > 0) throw new Error(ledger.warnings[0]?.code)
process.stdout.write(`${longest}\n`)

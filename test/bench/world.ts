import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openLedger } from "../../src/ledger/open.ts"
import { startSimulator } from "../../src/simulator/simulator.ts"

/**
 * A home to measure on: thirty labels whose readings were taken every hour for ninety days, Codex
 * switched to the first. Prints the home and the environment, and serves until it is killed.
 */
const LABELS = 30
const HOUR = 3_600_000
const DAYS = 90

const home = mkdtempSync(join(tmpdir(), "aim-bench-"))
const names = Array.from({ length: LABELS }, (_, n) => `label-${n}`)
const sim = startSimulator({ accounts: names.map((name) => ({ name })) })
const logins = names.map((name) => sim.mintLogin(name))
const now = Date.now()

mkdirSync(join(home, ".aimgr"), { mode: 0o700 })
mkdirSync(join(home, ".codex"), { mode: 0o700 })
const record = (login: (typeof logins)[number]) => ({
  access: login.accessToken,
  refresh: login.refreshToken,
  expiresAt: new Date(login.expiresAt).toISOString(),
  accountId: login.accountId,
  idToken: login.idToken,
})
const state = {
  schemaVersion: "0.2",
  accounts: Object.fromEntries(names.map((name) => [name, { provider: "openai-codex" }])),
  credentials: {
    "openai-codex": Object.fromEntries(logins.map((login) => [login.account, record(login)])),
  },
  imports: {},
  pool: {},
  targets: {},
}
writeFileSync(join(home, ".aimgr", "secrets.json"), JSON.stringify(state, null, 2), { mode: 0o600 })

const ledger = openLedger(join(home, ".aimgr", "ledger.db"), { now })
for (let age = DAYS * 24; age > 0; age--) {
  for (const label of names) {
    const observedAt = now - age * HOUR
    const window = (kind: string, minutes: number) => ({
      kind,
      usedPercent: (age * 7) % 100,
      resetAt: observedAt + 2 * HOUR,
      lengthMinutes: minutes,
      scope: null,
    })
    ledger.saveReading(
      { provider: "openai-codex", label },
      {
        observedAt,
        plan: "plus",
        windows: [window("5h", 300), window("weekly", 10_080)],
        credits: null,
        allowed: true,
        limitReached: false,
        source: "usage_endpoint",
      },
      label === names[0],
    )
  }
}
ledger.close()
console.log(
  JSON.stringify({
    home,
    env: { AIM_OPENAI_AUTH_URL: sim.authUrl, AIM_CHATGPT_URL: sim.chatgptUrl },
  }),
)

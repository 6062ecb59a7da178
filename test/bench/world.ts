import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { startSimulator } from "../../src/simulator/simulator.ts"
import { fillReadings } from "./year-ledger.ts"

/**
 * A home to measure on: thirty labels, each with a reading of this minute. Prints the labels and the
 * environment, and serves them until it is killed.
 */
const LABELS = 30

const [home = ""] = process.argv.slice(2)
const labels = Array.from({ length: LABELS }, (_, n) => `label-${n}`)
const sim = startSimulator({ accounts: labels.map((name) => ({ name })) })
const logins = labels.map((name) => sim.mintLogin(name))

mkdirSync(join(home, ".aimgr"), { mode: 0o700, recursive: true })
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
  accounts: Object.fromEntries(labels.map((name) => [name, { provider: "openai-codex" }])),
  credentials: {
    "openai-codex": Object.fromEntries(logins.map((login) => [login.account, record(login)])),
  },
  imports: {},
  pool: {},
  targets: {},
}
writeFileSync(join(home, ".aimgr", "secrets.json"), `${JSON.stringify(state, null, 2)}\n`, {
  mode: 0o600,
})
fillReadings(join(home, ".aimgr", "ledger.db"), labels, Date.now())
const env = { AIM_OPENAI_AUTH_URL: sim.authUrl, AIM_CHATGPT_URL: sim.chatgptUrl }
process.stdout.write(JSON.stringify({ labels, env }))

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Reading } from "../../../src/domain/window.ts"
import { openLedger } from "../../../src/ledger/open.ts"
import type { Status } from "../../../src/operations/status/document.ts"
import { readStatus } from "../../../src/operations/status.ts"
import { withPool } from "../../../src/pool/pool.ts"
import type { Homes } from "../../../src/system/homes.ts"

export const HOUR = 3_600_000

/** Tokens that no output may hold. */
export const CANARY = "CANARY"

/** A home of the worked states; `env` is what aim is started with. */
export type StatusHome = AsyncDisposable & {
  path: string
  homes: Homes
  /** The document of `aim status --cached --json`, as it is printed. */
  status: () => Promise<Status>
}

/** Readings by label: percent used of the 5h and of the weekly window, null for none. */
export type Readings = Record<string, [five: number | null, week: number | null]>

/** Writes a state file and a ledger with readings of a moment ago. */
export async function statusHome(
  state: object,
  readings: Readings = {},
  env: Record<string, string> = {},
): Promise<StatusHome> {
  const path = await mkdtemp(join(tmpdir(), "aim-status-"))
  const folder = join(path, ".aimgr")
  await mkdir(folder, { mode: 0o700 })
  const stateFile = join(folder, "secrets.json")
  await writeFile(stateFile, JSON.stringify(state, null, 2), { mode: 0o600 })
  const now = Date.now()
  const ledger = openLedger(join(folder, "ledger.db"), { now })
  for (const [label, used] of Object.entries(readings))
    ledger.saveReading({ provider: "openai-codex", label }, readingOf(used, now), false)
  ledger.close()
  const homes: Homes = { userHome: path, sandboxed: true, stateFile, env, cwd: path }
  return {
    path,
    homes,
    status: async () => {
      const status = await withPool(homes, (pool) => readStatus(pool, "cached"))
      return JSON.parse(JSON.stringify(status))
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

function readingOf([five, week]: Readings[string], now: number): Reading {
  const window = (kind: string, minutes: number, used: number | null) =>
    used === null
      ? []
      : [
          {
            kind,
            usedPercent: used,
            resetAt: now + minutes * 30_000,
            lengthMinutes: minutes,
            scope: null,
          },
        ]
  return {
    observedAt: now - 1000,
    plan: "plus",
    // The week first: it is told by its length, not its place.
    windows: [...window("weekly", 10_080, week), ...window("5h", 300, five)],
    credits: null,
    allowed: true,
    limitReached: false,
    source: "usage_endpoint",
  }
}

/** A complete Codex login as the state file has it. */
export function codexLogin(accountId: string, hours = 5) {
  return {
    access: `${CANARY}-access-${accountId}`,
    refresh: `${CANARY}-refresh-${accountId}`,
    expiresAt: new Date(Date.now() + hours * HOUR).toISOString(),
    accountId,
  }
}

/** A state of schema 0.2 with these parts. */
export function stateOf(parts: {
  accounts: object
  codex?: object
  anthropic?: object
  imports?: object
  pool?: object
  targets?: object
}) {
  return {
    schemaVersion: "0.2",
    accounts: parts.accounts,
    credentials: { "openai-codex": parts.codex ?? {}, anthropic: parts.anthropic ?? {} },
    imports: { authority: parts.imports ?? {} },
    pool: { openaiCodex: parts.pool ?? {} },
    targets: parts.targets ?? {},
  }
}

import type { ImportStatus } from "../domain/import-status.ts"
import type { Finding } from "../domain/receipt.ts"
import type { AccountStatus } from "./status-account.ts"
import type { ClaudeStatus } from "./status-claude.ts"
import type { ClientStatus } from "./status-client.ts"
import type { HermesStatus, OpenclawStatus } from "./status-fleets.ts"
import type { NextBest } from "./status-next-best.ts"
import type { PiStatus } from "./status-pi.ts"
import type { PoolNumbers } from "./status-pool.ts"

/**
 * `aim status` as a value: the reference's document (aimgr 4404b27 §3.2), name by name, and what
 * aim adds. Unknown is null and never 0. A block with `unsupported_yet` shows what the vault has
 * stored of a client that aim can't write yet.
 */
export type Status = {
  schemaVersion: 1
  generatedAt: string
  statePath: string
  accounts: AccountStatus[]
  openclaw: OpenclawStatus
  nextBestCandidate: NextBest | null
  /** The verdict that `codex use` would come to now. */
  decision: { reason: string; alsoReasons: string[]; label: string | null; kept: boolean } | null
  pool_now: PoolNumbers["pool_now"]
  windows: PoolNumbers["windows"]
  pressure: PoolNumbers["pressure"]
  projection: PoolNumbers["projection"]
  capacity: PoolNumbers["capacity"]
  imports: { authority: { codex: ImportStatus; anthropic: ImportStatus } }
  codexCli: ClientStatus | null
  claudeCli: ClaudeStatus
  piCli: PiStatus
  hermesFleet: HermesStatus
  /** Labels of the Codex pool that are ready and have no reading: they are in no sum. */
  unknown_accounts: number
  quarantined: number
  warnings: Finding[]
}

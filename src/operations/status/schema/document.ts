import * as v from "valibot"
import { Finding } from "../../../domain/receipt/schema.ts"
import { anyObject, said, text, textOrNull, time, whole } from "../../../domain/schema-parts.ts"
import { AccountStatus } from "./account.ts"
import { ClaudeStatus, ClientStatus, PiStatus } from "./clients.ts"
import { HermesStatus, OpenclawStatus } from "./fleets.ts"
import { Capacity, NextBest, PoolNow, Pressure, Projection, Windows } from "./pool.ts"
import { WatchStatus } from "./watches.ts"

/** Which labels came from an authority, and which of them have changed here since. */
const ImportStatus = v.object({
  source: textOrNull,
  importedAt: textOrNull,
  labels: v.array(text),
  labelsByName: v.record(
    text,
    v.object({
      importedAt: textOrNull,
      dirtyLocal: v.boolean(),
      dirtyObservedAt: textOrNull,
      lastPromotedAt: textOrNull,
      baseAccountId: v.exactOptional(textOrNull),
      baseIdentity: v.exactOptional(v.nullable(anyObject)),
      baseCredentialFingerprint: v.exactOptional(v.nullable(v.literal("[redacted]"))),
    }),
  ),
  dirtyLabels: v.array(text),
})

/**
 * `aim status` as a value: the reference's document (aimgr 4404b27 §3.2), name by name, and what
 * aim adds. Unknown is null and never 0. A block with `unsupported_yet` shows what the vault has
 * stored of a client that aim can't write yet.
 */
export const StatusDocument = v.pipe(
  v.object({
    schemaVersion: v.literal(1),
    generatedAt: time,
    statePath: text,
    accounts: said(v.array(AccountStatus), "blocked first, then reauth, then ready"),
    openclaw: OpenclawStatus,
    nextBestCandidate: said(v.nullable(NextBest), "what `aim codex use` would choose now"),
    decision: v.nullable(
      v.object({
        reason: text,
        alsoReasons: v.array(text),
        label: textOrNull,
        kept: v.boolean(),
      }),
    ),
    pool_now: PoolNow,
    windows: Windows,
    pressure: Pressure,
    projection: Projection,
    capacity: Capacity,
    imports: v.object({ authority: v.object({ codex: ImportStatus, anthropic: ImportStatus }) }),
    codexCli: v.nullable(ClientStatus),
    claudeCli: v.nullable(ClaudeStatus),
    piCli: v.nullable(PiStatus),
    hermesFleet: HermesStatus,
    watches: said(
      v.array(WatchStatus),
      "by the ledger; a client that none looked after is not here",
    ),
    unknown_accounts: said(whole, "ready labels without a reading: they are in no sum"),
    quarantined: whole,
    warnings: v.array(Finding),
  }),
  v.title("aim status --json"),
  v.description("Unknown is null and never 0. New names may appear; none changes its type."),
)

import type { Conversation } from "../domain/conversation.ts"
import type { Document } from "../domain/document.ts"
import { type Restoration, restored } from "../domain/restore.ts"
import { withHistory } from "../pool/commit.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import type { Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { finishInflight } from "../pool/refresh.ts"
import { now } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { type BackupView, openBackup, viewBackups } from "../vault/find-backup.ts"
import { type Present, readPresent } from "../vault/present.ts"
import { type Replaced, replaceState } from "../vault/replace-state.ts"
import { agree } from "./agree.ts"
import { labelsIn, liveLogins } from "./restore/sources.ts"
import { touchesOf } from "./restore/touches.ts"

export type RestoreResult = {
  backup: string
  /** False when the file stood so already. */
  changed: boolean
  /** Where the file that stood there is now; null when there was none, or nothing was written. */
  kept: string | null
  touches: string[]
  labels: Restoration["labels"]
  gone: Restoration["gone"]
  quarantined: Restoration["aside"]
  stores: Healed[]
}

/** `aim restore`: the backups, newest first. */
export function listRestorable(pool: Pool): Promise<BackupView[]> {
  return viewBackups(pool.vault.paths)
}

/**
 * `aim restore <backup>`: puts a backup back as design §3 says, under the leases of all labels in
 * it and in the present file, whatever state that one is in. The file that stood there is kept.
 */
export async function restoreBackup(
  pool: Pool,
  typed: string,
  { withTokens, yes }: { withTokens: boolean; yes: boolean },
  conversation: Conversation,
): Promise<RestoreResult> {
  const { path, state } = await openBackup(pool.vault.paths, typed, pool.homes.cwd)
  const backup = state.document
  const before = await readPresent(pool.vault.paths)
  if (before.kind === "good") await recoverReplies(pool)
  const foreseen = await foresee(pool, backup, withTokens)
  await agree(conversation, yes, `restore ${path} into ${pool.vault.paths.file}`, foreseen)
  const { plan, replaced, touches } = await replaceHeld(pool, backup, withTokens)
  // Replies that a damaged file could not take in find their labels now.
  if (before.kind !== "good") await recoverReplies(pool)
  const result = {
    backup: path,
    changed: replaced.kind === "replaced",
    kept: replaced.kind === "replaced" ? replaced.kept : null,
    touches: replaced.kind === "replaced" ? touches : [],
    labels: plan.labels,
    gone: plan.gone,
    quarantined: plan.aside,
    // Healing would take the newer logins of the clients back in at once.
    stores: withTokens ? [] : await healStores(pool),
  }
  const status = result.changed ? "applied" : "noop"
  recordAct(pool, { action: "restore", status, withTokens, ...result })
  return result
}

async function foresee(pool: Pool, backup: Document, withTokens: boolean): Promise<string[]> {
  const present = await readPresent(pool.vault.paths)
  const live = await liveLogins(pool, documentsOf(backup, present))
  const document = present.kind === "absent" ? null : present.document
  return touchesOf(
    restored({ backup, present: document, live, withTokens, at: now() }),
    present,
    withTokens,
  )
}

type Done = { plan: Restoration; replaced: Replaced; touches: string[] }

const ATTEMPTS = 5

/** Under the leases of all labels touched: begins again when a new one came meanwhile. */
async function replaceHeld(pool: Pool, backup: Document, withTokens: boolean): Promise<Done> {
  for (let left = ATTEMPTS; left > 0; left--) {
    const keys = labelsIn(documentsOf(backup, await readPresent(pool.vault.paths)))
    const done = await pool.vault.withLabels(keys, async (lease): Promise<Done | null> => {
      const present = await readPresent(pool.vault.paths)
      if (present.kind === "good") for (const key of keys) await finishInflight(pool, lease, key)
      const live = await liveLogins(pool, documentsOf(backup, present))
      let plan: Restoration | null = null
      let touches: string[] = []
      const at = now()
      const replaced = await replaceState(pool.vault.paths, at, (fresh) => {
        const known = keys.map(({ provider, label }) => `${provider} ${label}`)
        const isHeld = labelsIn(documentsOf(backup, fresh)).every(({ provider, label }) =>
          known.includes(`${provider} ${label}`),
        )
        if (!isHeld) return null
        const document = fresh.kind === "absent" ? null : fresh.document
        plan = restored({ backup, present: document, live, withTokens, at })
        touches = touchesOf(plan, fresh, withTokens)
        return withHistory(pool, plan.document)
      })
      return plan === null ? null : { plan, replaced, touches }
    })
    if (done !== null) return done
  }
  return fail("state_keeps_changing", "the state file changed at every attempt", "run it again")
}

function documentsOf(backup: Document, present: Present): Document[] {
  const document = present.kind === "absent" ? null : present.document
  return document === null ? [backup] : [backup, document]
}

import type { JsonObject } from "../../domain/login.ts"
import type { Store } from "../../domain/store.ts"
import { fail } from "../../system/errors.ts"
import type { StagedFile } from "../../system/files.ts"
import { uncut } from "../../system/signals.ts"
import type { Applied } from "../target.ts"
import { refuseLostLocks } from "./client-locks.ts"
import { withAccount, withOauth } from "./compose.ts"
import type { KeychainItem } from "./keychain.ts"
import { putInKeychain } from "./keychain-store.ts"
import { look, type Seen, stampOf } from "./look.ts"
import { bundleToWrite } from "./record.ts"
import { stage, writeFailed } from "./stage.ts"
import { wantedIn } from "./wanted.ts"

/** What has to be written; null for what stays as it is. */
type Plan = { credentials: string | null; state: string | null }

/**
 * Writes the record's login into a store, under the locks that the caller holds, if it still has
 * `expectedStamp` (null: no credentials). Both files are looked through before either changes, and
 * the new bytes of both are on the disk before the first takes its place.
 */
export async function applyRecord(
  store: Store,
  item: KeychainItem | null,
  record: JsonObject,
  expectedStamp: string | null,
): Promise<Applied> {
  const bundle = bundleToWrite(record)
  const seen = await look(store, item)
  for (const found of [seen.credentials, seen.state])
    if (found.kind === "unreadable") {
      const { code, message, hint } = found.problem
      return fail(code, `${message}; nothing was written`, hint)
    }
  if (stampOf(seen) !== expectedStamp) return { kind: "moved" }
  const wanted = wantedIn(bundle, seen)
  const { credentials, state } = seen
  const open = seen.credentials.kind === "text" && ((seen.credentials.mode ?? 0) & 0o077) !== 0
  const current = credentials.kind === "text" ? credentials.text : null
  const plan: Plan = {
    credentials: wanted.oauthLacks.length > 0 ? withOauth(current, wanted) : open ? current : null,
    state:
      wanted.stateLacks.length > 0
        ? withAccount(state.kind === "text" ? state.text : null, wanted, wanted.stateLacks)
        : null,
  }
  return uncut(() => write(store, item, seen, plan))
}

async function write(
  store: Store,
  item: KeychainItem | null,
  seen: Seen,
  plan: Plan,
): Promise<Applied> {
  const changed: string[] = []
  const inFile = item === null ? plan.credentials : null
  const stateMode = seen.state.kind === "text" ? seen.state.mode : 0o600
  const staged: [string, StagedFile][] = []
  try {
    if (inFile !== null) staged.push([store.file, await stage(store.file, inFile, 0o600)])
    if (plan.state !== null && store.appState !== null)
      staged.push([store.appState, await stage(store.appState, plan.state, stateMode)])
    refuseLostLocks(store)
    if (item !== null && plan.credentials !== null)
      changed.push(...(await putInKeychain(store, item, seen, plan.credentials)))
    for (const [path, file] of staged) {
      await file.place()
      changed.push(path)
    }
  } catch (error) {
    for (const [path, file] of staged) if (!changed.includes(path)) await file.drop()
    return writeFailed(store, error, changed)
  }
  return { kind: "applied", changed }
}

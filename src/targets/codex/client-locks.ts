import { dirname, join } from "node:path"
import type { Store } from "../../domain/store.ts"
import { resolveLinks } from "../../system/files.ts"
import { withFlock } from "../../system/flock.ts"
import { SECOND } from "../../system/time.ts"
import { ensureFolder } from "../client-folder.ts"

/** Codex holds them for one write; a holder that does not let go within this is stuck. */
const WAIT_MS = 15 * SECOND

/**
 * Holds the locks under which Codex writes its login, in its order: `auth.lock` in the home,
 * then `<name>.lock` beside the file that `auth.json` resolves to (strace of Codex CLI 0.169.0:
 * for a symlink to `boss.json` it is `boss.json.lock`). They don't cover Codex's refresh POST.
 */
export async function withClientLocks<T>(store: Store, work: () => Promise<T>): Promise<T> {
  await ensureFolder(store.realHome)
  return withFlock(join(store.realHome, "auth.lock"), { waitMs: WAIT_MS }, async () => {
    const target = await resolveLinks(store.file)
    await ensureFolder(dirname(target))
    return withFlock(`${target}.lock`, { waitMs: WAIT_MS }, work)
  })
}

import type { Document } from "../domain/document.ts"
import { writeAtomic } from "../system/files.ts"
import { makeBackup } from "./backups.ts"
import { durableTruthDiffers } from "./durable-truth.ts"
import { serialise } from "./parse.ts"
import { readState, type StateOnDisk } from "./read-state.ts"
import { refuseRedacted } from "./redacted.ts"
import type { Snapshot, VaultPaths } from "./vault.ts"
import { checkedText, pruneQuietly, withStateLocked } from "./write-state.ts"

/**
 * Applies a pure change to a fresh read under the vault's lock and writes the result, which is
 * read again as a file would be before it becomes one. The lock is held over nothing but file
 * work. `now` (epoch ms) names the backup.
 * Stops with the `state_…` problems of reading, `state_invalid_change` (a fault of aim: nothing
 * was written), `state_unwritable`, or `lock_timeout`.
 */
export function commitChange(
  paths: VaultPaths,
  change: (document: Document) => Document,
  now: () => number,
): Promise<Snapshot> {
  return withStateLocked(paths, async () => {
    const before = await readState(paths)
    const after = change(before.document)
    return after === before.document ? tighten(paths, before) : write(paths, before, after, now())
  })
}

async function write(
  paths: VaultPaths,
  before: StateOnDisk,
  after: Document,
  now: number,
): Promise<Snapshot> {
  refuseRedacted(after)
  if (serialise(after) === before.text) return tighten(paths, before)
  const { document, text } = checkedText(paths, after)
  if (before.text !== null && durableTruthDiffers(before.original, document))
    await makeBackup(paths, before.text, now)
  await writeAtomic(paths.realFile, text)
  await pruneQuietly(paths, now)
  return { document, missing: false }
}

/** Nothing to write: at most the file's mode is brought to 0600, by writing the same bytes. */
async function tighten(paths: VaultPaths, state: StateOnDisk): Promise<Snapshot> {
  if (state.text !== null && (state.mode & 0o077) !== 0)
    await writeAtomic(paths.realFile, state.text)
  return { document: state.document, missing: state.text === null }
}

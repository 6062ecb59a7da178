import { basename } from "node:path"
import type { Document } from "../domain/document.ts"
import { AimError, errnoOf, fail, isFull } from "../system/errors.ts"
import { ensurePrivateDir } from "../system/files.ts"
import { withLock } from "../system/locks.ts"
import { sweepTemps } from "../system/temps.ts"
import { pruneBackups } from "./backups.ts"
import { LARGEST_STATE, type ParsedState, parseState, serialise } from "./parse.ts"
import { refuseRedacted } from "./redacted.ts"
import type { VaultPaths } from "./vault.ts"

/**
 * Holds the vault's lock for the time of `work`, which reads and writes its file; the system's
 * errors become a problem that names it (`state_unwritable`).
 */
export async function withStateLocked<T>(paths: VaultPaths, work: () => Promise<T>): Promise<T> {
  try {
    return await withLock(paths.locks, "vault", async () => {
      await tightenFolder(paths)
      await sweepTemps(paths.realFile)
      return await work()
    })
  } catch (error) {
    const errno = errnoOf(error)
    if (error instanceof AimError || errno === null) throw error
    return unwritable(paths, errno)
  }
}

/** The text of a document, read again as a file would be before it becomes one. */
export function checkedText(paths: VaultPaths, document: Document): ParsedState & { text: string } {
  refuseRedacted(document)
  const text = serialise(document)
  if (Buffer.byteLength(text) > LARGEST_STATE) return tooLarge(paths)
  const parsed = parseState(text)
  return parsed.kind === "refused" ? invalid(parsed.what) : { ...parsed, text }
}

/** The vault is written by now: a backup that can't be removed is left to the next commit. */
export async function pruneQuietly(paths: VaultPaths, now: number): Promise<void> {
  try {
    await pruneBackups(paths, now)
  } catch (error) {
    if (errnoOf(error) === null) throw error
  }
}

/**
 * Only a folder of aim's own is made 0700: `--state /tmp/x.json` must not lock others out of
 * /tmp. Files, `locks/` and `inflight/` are private wherever they lie.
 */
async function tightenFolder(paths: VaultPaths): Promise<void> {
  if (basename(paths.dir) !== ".aimgr") return
  try {
    await ensurePrivateDir(paths.dir)
  } catch (error) {
    if (errnoOf(error) !== "EPERM") throw error
  }
}

function invalid(what: string): never {
  return fail(
    "state_invalid_change",
    `aim was about to write a state file that ${what}; nothing was written`,
    "this is a fault of aim: please report it with the command that was run",
  )
}

function tooLarge(paths: VaultPaths): never {
  return fail(
    "state_too_large",
    `the state file ${paths.file} would become larger than ${LARGEST_STATE / 1024 / 1024} MiB; nothing was written`,
    "look at `aim quarantine list` and drop what is no longer needed",
  )
}

function unwritable(paths: VaultPaths, errno: string): never {
  return fail(
    "state_unwritable",
    `the state file ${paths.file} can't be written (${errno}); what stood there still stands`,
    isFull(errno)
      ? "make room on the disk, then run the command again"
      : `check the owner and permissions of ${paths.dir}, then run the command again`,
  )
}

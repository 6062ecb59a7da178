import { join } from "node:path"
import * as v from "valibot"
import type { Store } from "../../domain/store.ts"
import { now } from "../../system/clock.ts"
import { removeFile } from "../../system/files.ts"
import { bornAt, removeFolder, touchedAt } from "../../system/lock-folder.ts"
import {
  hostName,
  isProcOurs,
  machineId,
  pidNamespace,
  platformName,
} from "../../system/machine.ts"
import { processStart } from "../../system/processes.ts"
import { readText } from "../../system/read-file.ts"

/** What a Claude Code that holds the refresh locks says of itself beside them (2.1.329). */
const Owner = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(2)),
  procStart: v.optional(v.pipe(v.string(), v.maxLength(64))),
  pidDomain: v.string(),
  pidSpace: v.string(),
  lockBirthtimeMs: v.pipe(v.number(), v.gtValue(0)),
  legacyLockBirthtimeMs: v.optional(v.pipe(v.number(), v.gtValue(0))),
})
type Owner = v.InferOutput<typeof Owner>

const LARGEST_RECORD = 4_096
/** Claude Code watches a lock for so long before it takes it from a dead holder. */
const UNTOUCHED_MS = 7_500
/** Ticks of Linux's clock in `/proc/<pid>/stat`, ms. */
const TICK_MS = 10

/**
 * Removes the refresh locks of a Claude Code that has died with them, by its own rules: the record
 * beside the lock must be of this very lock, of this machine and its process ids, its process gone,
 * and the lock untouched for 7.5 s. Anything less leaves them to run out.
 *
 * aim writes no such record: a Claude that took the locks over from a killed aim would post a refresh
 * token that aim has perhaps posted already.
 */
export async function clearDeadOwner(store: Store, lock: string, legacy: string): Promise<void> {
  const file = join(store.realHome, ".oauth_refresh.lock.owner")
  const owner = await readOwner(file)
  if (owner === null || !isOf(owner, lock) || !(await isGone(owner))) return
  const legacyBorn = bornAt(legacy)
  if (legacyBorn !== null && legacyBorn !== owner.legacyLockBirthtimeMs) return
  if (!isOf(owner, lock)) return
  if (legacyBorn !== null) removeFolder(legacy)
  removeFolder(lock)
  const after = await readOwner(file)
  if (after?.pid === owner.pid && after.lockBirthtimeMs === owner.lockBirthtimeMs)
    await removeFile(file)
}

async function readOwner(file: string): Promise<Owner | null> {
  const found = await readText(file, LARGEST_RECORD)
  if (found.kind !== "text") return null
  try {
    const parsed = v.safeParse(Owner, JSON.parse(found.text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

function isOf({ lockBirthtimeMs }: Owner, lock: string): boolean {
  const touched = touchedAt(lock)
  return bornAt(lock) === lockBirthtimeMs && touched !== null && now() - touched > UNTOUCHED_MS
}

async function isGone({ pid, procStart, pidDomain, pidSpace }: Owner): Promise<boolean> {
  const linux = platformName() === "linux"
  const space = pidNamespace()
  if (pidSpace !== (space === "" ? hostName() : `${hostName()}#${space}`)) return false
  if (pidDomain !== (linux ? `linux:${machineId()}:${space}` : platformName())) return false
  if (linux && !isProcOurs()) return false
  const start = await processStart(pid)
  if (start === null) return true
  return linux && procStart !== undefined && Number(procStart) * TICK_MS !== start
}

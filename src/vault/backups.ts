import { basename } from "node:path"
import { listNames, removeFile, writeAtomic } from "../system/files.ts"
import { readText } from "../system/read-file.ts"
import { backupStamps, expiredStamps, nextStamp, stampTime } from "./backup-names.ts"
import { LARGEST_STATE, parseState } from "./parse.ts"
import type { VaultPaths } from "./vault.ts"

export type Backup = {
  path: string
  /** When it was made by its name (local time), epoch ms. */
  at: number
}

/** All backups beside the vault's file, newest first; also those of the reference program. */
export async function listBackups(paths: VaultPaths): Promise<Backup[]> {
  const stamps = backupStamps(await listNames(paths.dir), basename(paths.realFile))
  return stamps.map((stamp) => ({ path: backupPath(paths, stamp), at: stampTime(stamp) ?? 0 }))
}

/** True when the file opens as a vault of a schema that this aim knows. */
export async function isGoodBackup(path: string): Promise<boolean> {
  const file = await readText(path, LARGEST_STATE)
  return file.kind === "text" && parseState(file.text).kind === "state"
}

/** The newest backup that opens, or null. */
export async function newestGoodBackup(paths: VaultPaths): Promise<Backup | null> {
  for (const backup of await listBackups(paths)) if (await isGoodBackup(backup.path)) return backup
  return null
}

/** Writes the old text of the vault beside it; the caller holds the vault's lock. */
export async function makeBackup(paths: VaultPaths, oldText: string, now: number): Promise<string> {
  const taken = backupStamps(await listNames(paths.dir), basename(paths.realFile))
  const path = backupPath(paths, nextStamp(taken, now))
  await writeAtomic(path, oldText)
  return path
}

/** Removes the backups that the rule of backup-names.ts lets go. */
export async function pruneBackups(paths: VaultPaths, now: number): Promise<void> {
  const stamps = backupStamps(await listNames(paths.dir), basename(paths.realFile))
  for (const stamp of expiredStamps(stamps, now)) await removeFile(backupPath(paths, stamp))
}

function backupPath(paths: VaultPaths, stamp: string): string {
  return `${paths.realFile}.bak.${stamp}`
}

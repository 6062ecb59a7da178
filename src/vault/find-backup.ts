import { basename, isAbsolute, resolve } from "node:path"
import { labelsOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { fail } from "../system/errors.ts"
import { readText } from "../system/read-file.ts"
import { type Backup, listBackups } from "./backups.ts"
import { LARGEST_STATE, type ParsedState, parseState } from "./parse.ts"
import type { VaultPaths } from "./vault.ts"

/** A backup as it may be shown; no secrets. */
export type BackupView = {
  path: string
  /** What `aim restore` takes for it. */
  name: string
  /** When it was made by its name, epoch ms. */
  at: number
  bytes: number | null
  /** Null when it opens; else what is wrong with it, going on after its name. */
  fault: string | null
  labels: Label[]
  /** How many of them have a login. */
  logins: number
}

/** The backups beside the vault's file, newest first, each with what is in it. */
export async function viewBackups(paths: VaultPaths): Promise<BackupView[]> {
  const views: BackupView[] = []
  for (const { path, at } of await listBackups(paths)) {
    const name = stampOf(paths, path)
    const file = await readText(path, LARGEST_STATE)
    if (file.kind !== "text") {
      const fault = file.kind === "absent" ? "is gone" : `can't be read (${file.why})`
      views.push({ path, name, at, bytes: null, fault, labels: [], logins: 0 })
      continue
    }
    const bytes = Buffer.byteLength(file.text)
    const state = parseState(file.text)
    views.push(
      state.kind === "state"
        ? { path, name, at, bytes, fault: null, ...contentOf(state) }
        : { path, name, at, bytes, fault: state.what, labels: [], logins: 0 },
    )
  }
  return views
}

/** A backup by its path or by a part of its name that no other one has, opened. */
export async function openBackup(
  paths: VaultPaths,
  typed: string,
  cwd: string,
): Promise<{ path: string; state: ParsedState }> {
  const path = await pathOf(paths, typed, cwd)
  const file = await readText(path, LARGEST_STATE)
  const state = file.kind === "text" ? parseState(file.text) : null
  if (state?.kind === "state") return { path, state }
  const what =
    state?.what ?? (file.kind === "unreadable" ? `can't be read (${file.why})` : "is not there")
  return fail("backup_unusable", `the backup ${path} ${what}; nothing was changed`, "aim restore")
}

async function pathOf(paths: VaultPaths, typed: string, cwd: string): Promise<string> {
  if (isAbsolute(typed) || typed.includes("/")) return resolve(cwd, typed)
  const backups = await listBackups(paths)
  const matches = backups.filter(({ path }) => basename(path).includes(typed))
  const exact = matches.filter(({ path }) => [basename(path), stampOf(paths, path)].includes(typed))
  const [found, ...others] = exact.length > 0 ? exact : matches
  if (found === undefined)
    return fail("unknown_backup", `no backup is called \`${safe(typed)}\``, "aim restore")
  if (others.length === 0) return found.path
  return ambiguous(paths, typed, [found, ...others])
}

function ambiguous(paths: VaultPaths, typed: string, found: readonly Backup[]): never {
  const names = found.slice(0, 3).map(({ path }) => stampOf(paths, path))
  return fail(
    "ambiguous_backup",
    `${found.length} backups have \`${safe(typed)}\` in their name: ${names.join(", ")}${found.length > 3 ? " ..." : ""}`,
    `name one of them whole: aim restore ${names[0]}`,
  )
}

function contentOf({ document }: ParsedState): { labels: Label[]; logins: number } {
  const labels = labelsOf(document)
  const records: readonly JsonObject[] = Object.values(document.credentials)
  const logins = labels.filter((label) => records.some((record) => Object.hasOwn(record, label)))
  return { labels, logins: logins.length }
}

function stampOf({ realFile }: VaultPaths, path: string): string {
  return basename(path).slice(`${basename(realFile)}.bak.`.length)
}

/** A word as typed, never a token: a backup's name is of digits. */
function safe(typed: string): string {
  return /^[\w.-]{1,40}$/.test(typed) && !/[a-z0-9]{24}/i.test(typed) ? typed : "..."
}

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openVault } from "../../src/vault/open.ts"
import type { Vault } from "../../src/vault/vault.ts"
import { tempFolder as newFolder } from "../support/temp-folder.ts"

/** An empty folder that goes when the test file is done. */
export const tempFolder = () => newFolder("vault")

/** The path of a state file in a home of its own, with this text in it, if any. */
export function stateFile(content?: string | Uint8Array | object, mode = 0o600): string {
  const file = join(tempFolder(), ".aimgr", "secrets.json")
  mkdirSync(dirname(file), { mode: 0o700 })
  if (content !== undefined) put(file, content, mode)
  return file
}

export function put(file: string, content: string | Uint8Array | object, mode = 0o600): void {
  const plain = typeof content === "string" || content instanceof Uint8Array
  writeFileSync(file, plain ? content : `${JSON.stringify(content, null, 2)}\n`)
  chmodSync(file, mode)
}

/** A vault over a file with this content; see {@link stateFile}. */
export function vaultWith(content?: string | object, now?: () => number): Promise<Vault> {
  return openVault(stateFile(content), now)
}

export function json(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8"))
}

export function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

/** Names, bytes, modes and times of everything below a folder: equal means nothing was touched. */
export function pictureOf(folder: string): { name: string; bytes: string | null }[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .sort()
    .map((name) => {
      const path = join(folder, name)
      const { mtimeMs, ctimeMs, ino, mode } = statSync(path)
      const bytes = statSync(path).isFile() ? readFileSync(path).toString("base64") : null
      return { name, mtimeMs, ctimeMs, ino, mode, bytes }
    })
}

/** The names of the backups beside a state file, oldest first. */
export function backupsOf(file: string): string[] {
  return readdirSync(dirname(file))
    .filter((name) => name.includes(".bak."))
    .sort()
}

/** What a promise was rejected with; fails when it was not. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error("nothing was thrown")
}

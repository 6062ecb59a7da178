import { basename, dirname, join, resolve } from "node:path"
import * as clock from "../system/clock.ts"
import { errnoOf, fail } from "../system/errors.ts"
import { resolveLinks } from "../system/files.ts"
import { parseAnew } from "./parse-anew.ts"
import { readState } from "./read-state.ts"
import type { Vault, VaultPaths } from "./vault.ts"

const changes = () => import("./changes.ts")

/**
 * Opens the vault at `stateFile` (made absolute; it need not be there yet). Symlinks are
 * followed first, so that two paths to one file share its locks, inflight posts and backups.
 * Touches nothing on disk. `now` (epoch ms) stamps backups.
 */
export async function openVault(stateFile: string, now: () => number = clock.now): Promise<Vault> {
  const paths = await vaultPaths(stateFile)
  const parse = parseAnew()
  return {
    paths,
    read: async () => {
      const { document, text } = await readState(paths, parse)
      return { document, missing: text === null }
    },
    commit: async (change) => (await changes()).commitChange(paths, change, now),
    withLabels: async (labels, work, waitMs) =>
      (await changes()).withLabels(paths, labels, work, waitMs),
    tryLabel: async (label, work) => (await changes()).tryLabel(paths, label, work),
  }
}

async function vaultPaths(stateFile: string): Promise<VaultPaths> {
  const file = resolve(stateFile)
  try {
    const realFile = await resolveLinks(file)
    const dir = dirname(realFile)
    return { file, realFile, dir, locks: join(dir, "locks"), inflight: inflightOf(realFile) }
  } catch (error) {
    return fail(
      "state_unreadable",
      `the way to the state file ${file} can't be followed (${errnoOf(error) ?? "unknown error"})`,
      "check the folders and symlinks on the way, or name another file with --state",
    )
  }
}

/** Another state file in one folder has labels, and so posts, of its own. */
function inflightOf(realFile: string): string {
  const name = basename(realFile)
  return join(dirname(realFile), name === "secrets.json" ? "inflight" : `inflight-${name}`)
}

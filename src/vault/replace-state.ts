import type { Document } from "../domain/document.ts"
import { writeAtomic } from "../system/files.ts"
import { sha256 } from "../system/hash.ts"
import { makeBackup } from "./backups.ts"
import { type Present, readPresent } from "./present.ts"
import type { VaultPaths } from "./vault.ts"
import { checkedText, pruneQuietly, withStateLocked } from "./write-state.ts"

/** What became of the file; `kept`: where the one that stood there is now, null without one. */
export type Replaced = { kind: "replaced"; kept: string | null } | { kind: "unchanged" }

/**
 * Puts another document in the place of the vault's file, under the vault's lock: what stands there
 * is read again, whatever it is, and kept before anything is written: a good one as a backup, any
 * other under a name that aim never removes. `make` may give null to write nothing. `now`: epoch ms.
 */
export function replaceState(
  paths: VaultPaths,
  now: number,
  make: (present: Present) => Document | null,
): Promise<Replaced> {
  return withStateLocked(paths, async () => {
    const present = await readPresent(paths)
    const document = make(present)
    if (document === null) return { kind: "unchanged" }
    const { text } = checkedText(paths, document)
    if (present.kind === "good" && present.text === text) return { kind: "unchanged" }
    const kept = await keep(paths, present, now)
    await writeAtomic(paths.realFile, text)
    await pruneQuietly(paths, now)
    return { kind: "replaced", kept }
  })
}

/** A refused file is named by its content: a second run after a kill makes no second copy. */
async function keep(paths: VaultPaths, present: Present, now: number): Promise<string | null> {
  switch (present.kind) {
    case "absent":
      return null
    case "good":
      return makeBackup(paths, present.text, now)
    case "refused": {
      const copy = `${paths.realFile}.replaced-${sha256(present.bytes).slice(0, 16)}`
      await writeAtomic(copy, present.bytes)
      return copy
    }
  }
}

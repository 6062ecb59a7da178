import { asObject, type Document, targetBlock } from "../../domain/document.ts"
import { patchTarget } from "../../domain/document-edits.ts"
import type { Label } from "../../domain/label.ts"
import type { Store } from "../../domain/store.ts"
import { isoTime } from "../../system/time.ts"
import type { Target } from "../../targets/target.ts"

/**
 * The document that remembers a home as a store of the label, at `at` (epoch ms): a login was
 * captured there, or is about to be switched there. The client's own home as well: the next
 * command may run with another `CODEX_HOME`, and what it renews must reach this one too.
 */
export function rememberHome(
  document: Document,
  target: Target,
  store: Store,
  label: Label,
  note: { as: "capturedAt" | "switchedAt"; at: number },
): Document {
  const homes = asObject(targetBlock(document, target.vaultKey).sourceHomes) ?? {}
  const known = asObject(homes[store.realHome]) ?? {}
  const named = store.primary ? store.named : known.named
  if (known.label === label && known.named === named) return document
  const { named: _before, ...rest } = known
  const entry = {
    ...rest,
    label,
    [note.as]: isoTime(note.at),
    ...(named === undefined ? {} : { named }),
  }
  return patchTarget(document, target.vaultKey, {
    sourceHomes: { ...homes, [store.realHome]: entry },
  })
}

/**
 * As {@link rememberHome} for the home of the last switch, where another one is switched now: a
 * state file of the reference program, or of an older aim, names it in its block alone.
 */
export function rememberLeftHome(document: Document, target: Target, store: Store): Document {
  const {
    [target.homeKey]: homeDir,
    activeLabel,
    sourceHomes,
  } = targetBlock(document, target.vaultKey)
  if (typeof homeDir !== "string" || typeof activeLabel !== "string") return document
  const homes = asObject(sourceHomes) ?? {}
  if (homeDir.trim() === "" || homeDir === store.home || Object.hasOwn(homes, homeDir))
    return document
  return patchTarget(document, target.vaultKey, {
    sourceHomes: { ...homes, [homeDir]: { label: activeLabel } },
  })
}

import { type Document, isEnabled, labelsOf, providerOf } from "../domain/document.ts"
import { asLabel } from "../domain/label.ts"
import { peekReceipts } from "../ledger/peek-receipts.ts"
import { type HomeFlags, resolveHomes } from "../system/homes.ts"
import { isoTime } from "../system/time.ts"
import { listBackups } from "../vault/backups.ts"
import { openVault } from "../vault/open.ts"
import { peekDocument } from "../vault/peek.ts"
import { listQuarantine } from "../vault/quarantine.ts"
import type { VaultPaths } from "../vault/vault.ts"

/** A word that may be typed, and what there is to say of it (may be empty). */
export type Candidate = { value: string; note: string }

/** What aim can name by looking at its own files. */
export const KNOWN_KINDS = ["label", "backup", "receipt", "entry"] as const
export type KnownKind = (typeof KNOWN_KINDS)[number]

const RECEIPTS_SHOWN = 50
const SAFE = /^[\w.-]{1,200}$/

/**
 * The words of one kind that would be understood now, for a shell that completes. Reads only, makes
 * no file, and names nothing rather than fail. What a hand may have written into a file as a name
 * is passed over where a shell could take it for more than a word.
 */
export async function knownValues(kind: KnownKind, flags: HomeFlags): Promise<Candidate[]> {
  const { paths } = await openVault(resolveHomes(flags).stateFile)
  const found = await valuesOf(kind, paths)
  return found.filter(({ value }) => SAFE.test(value))
}

async function valuesOf(kind: KnownKind, paths: VaultPaths): Promise<Candidate[]> {
  switch (kind) {
    case "label":
      return labels(await peekDocument(paths))
    case "entry":
      return entries(await peekDocument(paths))
    case "backup":
      return (await listBackups(paths)).map(({ path }) => ({
        value: path.slice(`${paths.realFile}.bak.`.length),
        note: "",
      }))
    case "receipt":
      return (await peekReceipts(`${paths.dir}/ledger.db`, RECEIPTS_SHOWN)).map(
        ({ id, at, action, status, label }) => ({
          value: String(id),
          note: [isoTime(at), action, status, ...(label === null ? [] : [label])].join(" "),
        }),
      )
  }
}

function labels(document: Document | null): Candidate[] {
  if (document === null) return []
  return labelsOf(document)
    .filter((label) => asLabel(label) === label)
    .map((label) => {
      const account = document.accounts[label] ?? {}
      const disabled = isEnabled(account) ? "" : ", disabled"
      return { value: label, note: `${providerOf(account) ?? "another provider"}${disabled}` }
    })
}

function entries(document: Document | null): Candidate[] {
  if (document === null) return []
  return listQuarantine(document).map(({ id, label, reason }) => ({
    value: id,
    note: `${label ?? "no label"}: ${reason}`,
  }))
}

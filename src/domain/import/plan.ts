import type { Offer } from "../authority/portable.ts"
import type { Document } from "../document.ts"
import type { Label } from "../label.ts"
import type { JsonObject } from "../login.ts"
import type { ProviderId } from "../provider-id.ts"

/** What an import of one provider's labels starts from. */
export type ImportInput = {
  /** The vault with what the live stores have rotated taken in. */
  document: Document
  provider: ProviderId
  offer: Offer
  /** The authority as it is recorded. */
  source: string
  /** False where the labels imported so far came from another authority. */
  sameSource: boolean
  /** What has changed here gives way, and goes to quarantine. */
  discardDirty: boolean
  /** Epoch ms. */
  at: number
}

export type ImportChange = "added" | "updated" | "kept" | "removed" | "conflict"

/** What an import does with one label, and why: all that applying it needs. */
export type ImportItem = {
  label: Label
  change: ImportChange
  /** A code; render has the sentence. */
  reason: ImportReason
  /** Another label that stands in the way, for `login_already_labelled`. */
  other?: Label
  /** What it was called here until now: it was renamed there, and everything here goes with it. */
  from?: Label
  /** What else of the authority's counts here from now on; it is the same for a label that is new. */
  settings: ImportSetting[]
  /** What stands here afterwards is not what the authority has: it can be promoted. */
  dirty: boolean
  /** The stored login goes to quarantine, under this reason. */
  kept: "discarded" | "replaced" | null
  /** The records afterwards; null for none. */
  account: JsonObject | null
  credential: JsonObject | null
  /** What is noted of the import; null for a label of this machine. */
  entry: JsonObject | null
}

export type ImportSetting = "disabled_there" | "enabled_there" | "expectation_there"

export type ImportReason =
  /** added */
  | "new"
  | "new_without_login"
  /** updated */
  | "newer_there"
  | "login_there"
  | "completed"
  | "account_changed_there"
  | "discarded_here"
  /** kept */
  | "same"
  | "no_login"
  | "newer_here"
  | "no_login_there"
  | "other_authority"
  /** removed */
  | "removed_there"
  | "removed_there_discarded"
  /** conflict */
  | "authority_would_overwrite_local_update"
  | "removed_from_authority"
  | "label_of_other_provider"
  | "another_account"
  | "identity_unknown"
  | "login_only_here"
  | "login_already_labelled"

/** The whole of an import, foreseen: what `--dry-run` prints and what is applied. */
export type ImportPlan = Pick<ImportInput, "provider" | "source" | "at"> & {
  /** In label order. */
  items: ImportItem[]
}

/** The labels that stand against an import; where there is one, nothing is changed. */
export function conflictsIn(plan: ImportPlan): ImportItem[] {
  return plan.items.filter(({ change }) => change === "conflict")
}

/** The labels that an import gives, as the reference lists them: not those that were removed. */
export function importedIn({ items }: ImportPlan): Label[] {
  return items.filter(({ entry }) => entry !== null).map(({ label }) => label)
}

/** The labels that an import takes away. */
export function removedIn({ items }: ImportPlan): Label[] {
  return items.filter(({ change }) => change === "removed").map(({ label }) => label)
}

/** The labels that are called otherwise from now on, by their old names. */
export function renamedIn({ items }: ImportPlan): { from: Label; label: Label }[] {
  return items.flatMap(({ from, label }) => (from === undefined ? [] : [{ from, label }]))
}

/** True where an import changes nothing of a label. */
export function isAsBefore({ change, from, settings }: ImportItem): boolean {
  return change === "kept" && from === undefined && settings.length === 0
}

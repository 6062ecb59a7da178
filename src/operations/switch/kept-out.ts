import { credentialRecord, type Document } from "../../domain/document.ts"
import type { Label } from "../../domain/label.ts"
import { type Finding, findingOf } from "../../domain/receipt.ts"
import { enabledKeys } from "../../pool/enabled-keys.ts"
import type { Held } from "../../pool/stores.ts"
import type { Problem } from "../../system/errors.ts"
import type { Obstacles, Target } from "../../targets/target.ts"

/** A label that the client's own configuration does not let into a home. */
export type KeptOut = { label: Label; problem: Problem }

/** The labels that may come into a store: the one that it holds, and for the client's own home the pool. */
export function concerned(document: Document, target: Target, { store, owner }: Held): Label[] {
  const pool = store.primary ? enabledKeys(document, target).map(({ label }) => label) : []
  return owner === null ? pool : [...new Set([owner.label, ...pool])]
}

/** Those of `labels` that a home's configuration keeps out, by what was found there. */
export function keptOut(
  document: Document,
  target: Target,
  { against }: Obstacles,
  labels: readonly Label[],
): KeptOut[] {
  return labels.flatMap((label) => {
    const record = credentialRecord(document, target.provider, label)
    return record === null ? [] : against(record).map((problem) => ({ label, problem }))
  })
}

/** One finding for each kind, naming all its labels: ten that can't go in are one line to read. */
export function keptOutFindings(target: Target, out: readonly KeptOut[]): Finding[] {
  const codes = [...new Set(out.map(({ problem }) => problem.code))]
  return codes.flatMap((code) => {
    const same = out.filter(({ problem }) => problem.code === code)
    const [first] = same
    if (first === undefined) return []
    const labels = [...new Set(same.map(({ label }) => label))]
    const names = labels.map((label) => `\`${label}\``).join(", ")
    const message = `${names} can't go into this home: ${first.problem.message}`
    const extra = { system: `${target.id}-cli`, label: first.label, labels }
    return [findingOf({ ...first.problem, message }, extra)]
  })
}

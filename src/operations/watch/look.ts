import type { Choice } from "../../domain/choice/types.ts"
import type { Document } from "../../domain/document.ts"
import type { LabelKey } from "../../ledger/ledger.ts"
import { enabledKeys } from "../../pool/enabled-keys.ts"
import { healLabel } from "../../pool/heal.ts"
import type { Pool } from "../../pool/pool.ts"
import { readUsage, type UsageView } from "../../pool/usage.ts"
import { readUsageRefreshing } from "../../pool/usage-with-refresh.ts"
import { chooseFitting, type Fitting } from "../switch/choose-fitting.ts"
import type { Observed } from "../switch/observe.ts"
import { noteRefreshed, type Progress } from "../switch/receipt.ts"
import type { TickOccasion } from "./options.ts"

/** What a tick sees: the choice, and the reading of the label that serves (null: none does). */
export type Look = Fitting & { mine: UsageView | null }

/**
 * Decides by as few requests as it can: the present label is asked for, of the others what the
 * ledger holds will do. Only where they decide whether the label stays are they asked as well; a
 * verdict to move needs no more, since the switch itself reads all of them anew. After a sleep of
 * the machine all are asked.
 */
export async function lookAround(
  pool: Pool,
  { held: { target, store }, current }: Observed,
  occasion: TickOccasion,
  progress: Progress,
): Promise<Look> {
  const keys = enabledKeys((await pool.vault.read()).document, target)
  const asked = keys.filter(({ label }) => occasion.afresh || label === current)
  const others = keys.filter((key) => !asked.includes(key))
  const first = await ask(asked)
  const mine = first.views.find(({ key }) => key.label === current) ?? null
  const known = await readUsage(pool, first.document, others, "cached")
  const look = await decide(first.document, [...first.views, ...known])
  const wanted = wantedFor(look.choice, others)
  if (wanted.length === 0) return look
  const more = await ask(wanted)
  const kept = known.filter(({ key }) => !wanted.includes(key))
  return decide(more.document, [...first.views, ...more.views, ...kept])

  async function ask(wanted: LabelKey[]) {
    const mode = occasion.afresh ? "live" : "fresh"
    const read = await readUsageRefreshing(pool, wanted, mode, progress.refreshedForReading)
    noteRefreshed(progress, read.refreshed)
    // At once: until then a client might post the pair that was spent just now.
    for (const { key } of read.refreshed) progress.stores.push(...(await healLabel(pool, key)))
    return read
  }

  async function decide(document: Document, views: UsageView[]): Promise<Look> {
    const fitting = await chooseFitting(pool, document, target, store, current, views, occasion)
    return { ...fitting, mine }
  }
}

/** The labels whose present reading the verdict to stay hangs on. */
function wantedFor({ kept, reason, terms }: Choice, others: readonly LabelKey[]): LabelKey[] {
  if (!kept || reason === "lasts" || reason === "usage_unknown") return []
  if (reason !== "idle_no_better") return [...others]
  // Nothing runs and nothing is short: readings that the policy still believes are good enough.
  const unknown = new Set(
    terms.flatMap(({ label, whyNot }) => (whyNot === "usage_unknown" ? [label] : [])),
  )
  return others.filter(({ label }) => unknown.has(label))
}

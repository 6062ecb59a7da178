import { asObject, type Document, isEnabled, labelsOf, providerOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { PROVIDER_IDS } from "../domain/provider-id.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { type Healed, healLabel, healStores } from "../pool/heal.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { refreshLabel } from "../pool/refresh.ts"
import { isGood, isNews, type RefreshOutcome, reachedBy } from "../pool/refresh-outcome.ts"
import { failUsage } from "../system/errors.ts"
import { mapLimited } from "../system/limit.ts"
import { knownLabel } from "./account/known-label.ts"
import { promotePending } from "./promote/pending.ts"

const AT_ONCE = 8

export type RefreshedLabel = { label: Label; outcome: RefreshOutcome }
export type RefreshResult = {
  /**
   * False when a label is not as fresh as it can be; one that was dead or empty before does not
   * count where all labels were asked for.
   */
  ok: boolean
  labels: RefreshedLabel[]
  /** Replies of interrupted refreshes that were finished first. */
  recovered: RefreshedLabel[]
  stores: Healed[]
}

/**
 * `aim refresh`: refreshes one label, or all enabled ones, each if it is due (or `force`) and each
 * once, and brings its new pair to its stores at once; then the newest pairs to every store.
 */
export async function refreshLabels(
  pool: Pool,
  which: { label: string | null; all: boolean; force: boolean },
): Promise<RefreshResult> {
  const { document } = await pool.vault.read()
  const keys = keysOf(document, which)
  const recovered = (await recoverReplies(pool)).map(({ key, outcome }) => ({
    label: key.label,
    outcome,
  }))
  const healed: Healed[] = []
  const labels = await mapLimited(keys, AT_ONCE, async (key): Promise<RefreshedLabel> => {
    const mine = recovered.find(({ label, outcome }) => label === key.label && isGood(outcome))
    if (mine !== undefined) return mine
    const outcome = await refreshLabel(pool, key, which.force)
    if (isNews(outcome)) healed.push(...reachedBy(outcome), ...(await healLabel(pool, key)))
    return { label: key.label, outcome }
  })
  const stores = [...healed, ...(await healStores(pool))]
  // What was posted here because an authority was away is its to know at the next contact.
  for (const provider of PROVIDER_IDS) await promotePending(pool, provider)
  for (const each of recovered) recordRefresh(pool, each, stores, true)
  for (const each of labels) if (!recovered.includes(each)) recordRefresh(pool, each, stores, false)
  const ok = labels.every(({ outcome }) => isGood(outcome) || (which.all && isOldNews(outcome)))
  return { ok, labels, recovered, stores }
}

function recordRefresh(
  pool: Pool,
  { label, outcome }: RefreshedLabel,
  stores: readonly Healed[],
  recovered: boolean,
): void {
  const nothing = outcome.kind === "not_due" || isOldNews(outcome)
  const status = nothing ? "noop" : isGood(outcome) ? "applied" : "blocked"
  const { kind, ...rest } = outcome
  const reached = stores.filter((store) => store.label === label)
  recordAct(pool, {
    action: "refresh",
    status,
    label,
    outcome: kind,
    ...rest,
    recovered,
    stores: reached,
  })
}

/** What `--all` on a timer need not report as a failure again and again. */
function isOldNews(outcome: RefreshOutcome): boolean {
  return outcome.kind === "no_login" || (outcome.kind === "dead" && outcome.known)
}

function keysOf(document: Document, which: { label: string | null; all: boolean }): LabelKey[] {
  if ((which.label === null) === !which.all) {
    return failUsage("missing_label", "say which label to refresh, or `--all`", "aim refresh --all")
  }
  if (which.label !== null) {
    const { label, provider } = knownLabel(document, which.label)
    return [keyOf(provider, label)]
  }
  return labelsOf(document).flatMap((label) => {
    const account = asObject(document.accounts[label]) ?? {}
    const provider = providerOf(account)
    return provider !== null && isEnabled(account) ? [keyOf(provider, label)] : []
  })
}

import { type Locator, parseLocator } from "../authority/locator.ts"
import { CLIENT_WORD } from "../domain/client-word.ts"
import type { Document } from "../domain/document.ts"
import { importBlock } from "../domain/import/block.ts"
import { type Label, parseLabel } from "../domain/label.ts"
import { planPromotion } from "../domain/promotion/plan.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { isDue } from "../domain/readiness.ts"
import type { Captured } from "../domain/receipt.ts"
import { storedLogin } from "../domain/stored-login.ts"
import { isSameAuthority, recordedAuthority } from "../pool/authority.ts"
import { captureNewest } from "../pool/capture.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import { liveView } from "../pool/live-view.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { refreshLabel } from "../pool/refresh.ts"
import { now } from "../system/clock.ts"
import { fail, failUsage } from "../system/errors.ts"
import { mapLimited } from "../system/limit.ts"
import { isoTime } from "../system/time.ts"
import { orRecordBlocked } from "./authority/record-blocked.ts"
import { promoteTo } from "./promote/send.ts"
import type { RefreshedLabel } from "./refresh-labels.ts"
import { clientOf } from "./sync/live.ts"

export type PromoteOptions = { to: string | null; labels: readonly string[]; dryRun: boolean }

export type PromoteResult = {
  ok: boolean
  dryRun: boolean
  promoted: {
    action: string
    status: "applied" | "noop" | "dry_run"
    observedAt: string
    target: string
    labels: Label[]
  }
  /** Those of the labels that had changed here since their import. */
  dirtyLabels: Label[]
  captured: Captured[]
  refreshed: RefreshedLabel[]
  stores: Healed[]
}

const AT_ONCE = 8

/**
 * `aim promote <provider> --to <authority> <label>...`: takes in what clients have renewed, renews
 * what is due, and hands the labels' logins to the authority that they came from. It takes all of
 * them or none, and only if its own have not changed since.
 */
export async function promoteLabels(
  pool: Pool,
  provider: ProviderId,
  options: PromoteOptions,
): Promise<PromoteResult> {
  const word = CLIENT_WORD[provider]
  const labels = [...new Set(options.labels.map((label) => parseLabel(label)))]
  const example = `aim promote ${word} --to <authority> <label>`
  if (labels.length === 0)
    failUsage("missing_labels", `Missing label list for aim promote ${word}.`, example)
  if (options.to === null)
    return failUsage("missing_authority", "Missing authority locator.", example)
  const locator = parseLocator(options.to, pool.homes)
  await checkSource(pool, (await pool.vault.read()).document, provider, locator)
  if (options.dryRun) return foreseen(pool, provider, locator, labels)
  const about = { target: locator.display, labels }
  return orRecordBlocked(pool, provider, "promote", about, () =>
    handOver(pool, provider, locator, labels),
  )
}

async function handOver(
  pool: Pool,
  provider: ProviderId,
  locator: Locator,
  labels: Label[],
): Promise<PromoteResult> {
  const word = CLIENT_WORD[provider]
  const { captured, refreshed } = await madeReady(pool, provider, labels)
  const { document } = await pool.vault.read()
  const { promotion, dirtyLabels } = planPromotion(document, provider, labels, now())
  const { status, observedAt } = await promoteTo(pool, locator, provider, promotion)
  const target = locator.display
  const promoted = { action: `promote_${word}`, status, observedAt, target, labels }
  const stores = await healStores(pool)
  recordAct(
    pool,
    { ...promoted, action: `${word}_promote`, dirtyLabels, captured, stores },
    clientOf(pool, provider)?.id ?? null,
  )
  return { ok: true, dryRun: false, promoted, dirtyLabels, captured, refreshed, stores }
}

/** What would be sent, by what stands here and in the clients' stores now; nothing is renewed. */
async function foreseen(
  pool: Pool,
  provider: ProviderId,
  { display: target }: Locator,
  labels: Label[],
): Promise<PromoteResult> {
  const { document } = await liveView(pool)
  const { dirtyLabels } = planPromotion(document, provider, labels, now())
  const action = `promote_${CLIENT_WORD[provider]}`
  const promoted = {
    action,
    status: "dry_run",
    observedAt: isoTime(now()),
    target,
    labels,
  } as const
  return { ok: true, dryRun: true, promoted, dirtyLabels, captured: [], refreshed: [], stores: [] }
}

/** The newest login of each label, which has some time left: only such a one is of use there. */
async function madeReady(
  pool: Pool,
  provider: ProviderId,
  labels: readonly Label[],
): Promise<{ captured: Captured[]; refreshed: RefreshedLabel[] }> {
  await recoverReplies(pool)
  const captured: Captured[] = []
  const keys = labels.map((label) => keyOf(provider, label))
  await pool.vault.withLabels(keys, async (lease) => {
    for (const key of keys) {
      const taken = await captureNewest(pool, lease, key)
      if (taken !== null) captured.push(taken)
    }
  })
  const { document } = await pool.vault.read()
  const due = keys.filter((key) => {
    const stored = storedLogin(document, key)
    return stored !== null && isDue(stored, now())
  })
  const refreshed = await mapLimited(due, AT_ONCE, async (key) => ({
    label: key.label,
    outcome: await refreshLabel(pool, key),
  }))
  return { captured, refreshed }
}

async function checkSource(
  pool: Pool,
  document: Document,
  provider: ProviderId,
  locator: Locator,
): Promise<void> {
  const { source } = importBlock(document, provider)
  const recorded = recordedAuthority(pool, document, provider)
  // Without a source the plan says so, in the reference's words.
  if (source === null || (recorded !== null && (await isSameAuthority(recorded, locator)))) return
  fail(
    "other_authority",
    `Refusing to promote imported labels to a different authority. Imported source=${source}; requested target=${locator.display}.`,
    `aim authority show ${CLIENT_WORD[provider]}`,
  )
}

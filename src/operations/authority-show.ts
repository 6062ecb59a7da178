import { fetchOffer } from "../authority/fetch-offer.ts"
import { planImport } from "../domain/import/foresee.ts"
import type { ImportPlan } from "../domain/import/plan.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { recordedAuthority } from "../pool/authority.ts"
import { liveView } from "../pool/live-view.ts"
import type { Pool } from "../pool/pool.ts"
import { now } from "../system/clock.ts"
import { AimError, fail, type Problem } from "../system/errors.ts"
import { type AuthorityView, listAuthorities } from "./authority-list.ts"

/** An authority as it is now: what the next import would do, or why it can't be asked. */
export type AuthorityNow = AuthorityView & {
  transport: string | null
  remoteVersion: string | null
  hint: string | null
  plan: ImportPlan | null
  error: Problem | null
}

/**
 * `aim authority show`: asks the recorded authorities, or the one of this provider, what they have.
 * Nothing is changed, here or there.
 */
export async function showAuthorities(
  pool: Pool,
  provider: ProviderId | null,
): Promise<AuthorityNow[]> {
  const known = await listAuthorities(pool)
  const asked = known.filter((each) => provider === null || each.provider === provider)
  if (asked.length === 0)
    return fail(
      "nothing_imported",
      provider === null
        ? "no label was imported from an authority"
        : `no ${provider} label was imported from an authority`,
      "aim sync codex --from <authority>",
    )
  return Promise.all(asked.map((view) => askedNow(pool, view)))
}

async function askedNow(pool: Pool, view: AuthorityView): Promise<AuthorityNow> {
  const unknown = { transport: null, remoteVersion: null, hint: null, plan: null }
  const { document } = await liveView(pool)
  const locator = recordedAuthority(pool, document, view.provider)
  if (locator === null) {
    const message = "the recorded authority is nothing that aim could ask"
    return { ...view, ...unknown, error: { code: "locator_invalid", message } }
  }
  try {
    const { offer, ...how } = await fetchOffer(pool.homes, locator, view.provider)
    const { provider, source } = view
    const fixed = { sameSource: true, discardDirty: false, at: now() }
    const plan = planImport({ document, provider, offer, source, ...fixed })
    return { ...view, ...how, plan, error: null }
  } catch (error) {
    if (!(error instanceof AimError)) throw error
    return { ...view, ...unknown, error: error.problem }
  }
}

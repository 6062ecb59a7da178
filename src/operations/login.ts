import type { Conversation } from "../domain/conversation.ts"
import { type Document, providerOf } from "../domain/document.ts"
import type { Label } from "../domain/label.ts"
import { noteAttempt } from "../domain/maintenance.ts"
import type { ProviderId } from "../domain/provider-id.ts"
import { standingVerdict } from "../domain/readiness.ts"
import { readinessOf } from "../domain/readiness-of.ts"
import type { Finding } from "../domain/receipt.ts"
import { storedLogin } from "../domain/stored-login.ts"
import { wireText } from "../domain/wire-text.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import { commit } from "../pool/commit.ts"
import { type Healed, healStores } from "../pool/heal.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { recoverReplies } from "../pool/recover.ts"
import { refreshLabel } from "../pool/refresh.ts"
import { isGood, reachedBy } from "../pool/refresh-outcome.ts"
import { now } from "../system/clock.ts"
import { AimError, fail } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"
import { sharedSeats } from "./account/shared-seats.ts"
import { recordFailure } from "./login/end.ts"
import { type Lane, logInAnew } from "./login/full.ts"
import { labelToLogIn, providerToLogIn } from "./login/label.ts"
import { captureLive } from "./login/native.ts"
import { type Promotion, promotionOf, verify } from "./login/verify.ts"

export type LoginOptions = Lane & {
  /** For a label that is made by this; null: asked for, or the label's own. */
  provider: ProviderId | null
}

export type LoginResult = {
  label: Label
  provider: ProviderId
  /** `refreshed` and `captured`: what was stored could be renewed, no login was needed. */
  how: "refreshed" | "captured" | "logged_in"
  identity: string
  accountId: string | null
  maintenance: { status: "ready"; observedAt: string }
  authorityPromotion?: Promotion
  warnings: Finding[]
  stores: Healed[]
}

/**
 * `aim login <label>`: brings a label to life, or mends it. What is stored is refreshed if that can
 * succeed; only else a person logs in. It touches the vault and the stores that hold the label,
 * never an assignment, a binding or a selection.
 */
export async function logIn(
  pool: Pool,
  typed: string,
  options: LoginOptions,
  talk: Conversation,
): Promise<LoginResult> {
  await recoverReplies(pool)
  const { document } = await pool.vault.read()
  const label = labelToLogIn(document, typed)
  const provider = await providerToLogIn(document, label, options.provider, talk)
  const begun = now()
  await commit(pool, (fresh) => noteAttempt(fresh, label, begun))
  try {
    const key = keyOf(provider, label)
    const lane = { ...options, isNew: !Object.hasOwn(document.accounts, label) }
    const reached: Healed[] = []
    const how = (await renewed(pool, key, reached)) ?? (await anew(pool, key, lane, talk))
    const after = await verify(pool, key, now())
    const result = {
      label,
      provider,
      how,
      ...after,
      maintenance: { status: "ready" as const, observedAt: isoTime(begun) },
      ...promotionOf(await latest(pool), provider, label),
      warnings: sharedSeats(await latest(pool), label),
      stores: [...reached, ...(await healStores(pool))],
    }
    recordAct(pool, { action: "login", status: "applied", outcome: how, ...result })
    return result
  } catch (error) {
    if (error instanceof AimError) await recordFailure(pool, label, error.problem)
    throw error
  }
}

/**
 * What is stored, made new by one POST; null when only a person can help. The stores that have the
 * new pair at once are added to `reached`.
 */
async function renewed(
  pool: Pool,
  key: LabelKey,
  reached: Healed[],
): Promise<"refreshed" | "captured" | null> {
  const { label } = key
  if (!mayBeRenewed(await latest(pool), key)) return null
  const outcome = await refreshLabel(pool, key, true)
  reached.push(...reachedBy(outcome))
  if (outcome.kind === "refreshed" || outcome.kind === "captured") return outcome.kind
  if (isGood(outcome)) return "refreshed"
  switch (outcome.kind) {
    case "deferred":
      return fail(
        "deferred_client_refreshing",
        `a client has ${outcome.deferral.store} open and may be renewing this login just now`,
        `run it again in ${outcome.deferral.retryInSeconds} s, or close the client`,
      )
    case "duplicate":
      return fail(
        "duplicate_login",
        `\`${outcome.of}\` holds this very login too, and posting it could cost both`,
        `aim account remove ${label}`,
      )
    case "busy":
      return fail("label_busy", outcome.detail, outcome.hint ?? `aim login ${label}`)
    case "transient":
      return fail(
        "issuer_unreachable",
        `the login could not be renewed: ${wireText(outcome.detail)}; it stays as it is`,
        `aim login ${label}`,
      )
    case "rate_limited":
      return fail("issuer_asks_to_wait", "the issuer asks to wait", `aim login ${label}`)
    default:
      return null
  }
}

/** False where a refresh is known to fail, or would renew the login of the wrong person. */
function mayBeRenewed(document: Document, key: LabelKey): boolean {
  if (providerOf(document.accounts[key.label] ?? {}) === null) return false
  const credential = storedLogin(document, key)
  if (credential === null || standingVerdict(credential) !== null) return false
  const { code } = readinessOf(document, key, now())
  return code !== "conflict" && code !== "missing_native_claude_bundle"
}

/** A login that a person makes, or that the provider's own client has. */
async function anew(
  pool: Pool,
  { label, provider }: LabelKey,
  lane: Lane & { isNew: boolean },
  talk: Conversation,
): Promise<"logged_in" | "captured"> {
  if (provider === "anthropic") return captureLive(pool, label, provider)
  await logInAnew(pool, label, lane, talk)
  return "logged_in"
}

async function latest(pool: Pool): Promise<Document> {
  return (await pool.vault.read()).document
}

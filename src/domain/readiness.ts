import { MINUTE } from "../system/time.ts"
import { storedContradiction } from "./adopt/expect.ts"
import { asObject, type Document } from "./document.ts"
import type { Label } from "./label.ts"
import { pairHash } from "./pair.ts"
import type { ProviderId } from "./provider-id.ts"
import { type StoredLogin, storedLogin } from "./stored-login.ts"

/** Whether a label can serve, why not, and the command that mends it (design §1). */
export type Readiness = {
  status: "ready" | "reauth" | "blocked"
  /** `ready`, `refresh_due`, `missing_credentials`, the issuer's verdict, `blocked`, `conflict`. */
  code: string
  reason: string
  mend: string | null
}

/** A live label is refreshed when less than this and one and a half ticks are left (design §3). */
const REFRESH_MARGIN = 15 * MINUTE
const TICK = 5 * MINUTE

/**
 * The readiness of a Codex label at `now` (epoch ms). An expired access token is `ready`
 * (`refresh_due`) as long as nobody has judged the refresh token that is stored.
 */
export function codexReadiness(document: Document, label: Label, now: number): Readiness {
  const key = { provider: "openai-codex" as const, label }
  const account = asObject(document.accounts[label]) ?? {}
  const browser = text(asObject(account.browser)?.conflictReason)
  const conflict = browser ?? storedContradiction(document, key)
  if (conflict !== null) return blocked("conflict", conflict, label)
  const block = text(asObject(account.reauth)?.blockedReason)
  if (block !== null) return blocked("blocked", block, label)
  const credential = storedLogin(document, key)
  if (credential === null) {
    return {
      status: "reauth",
      code: "missing_credentials",
      reason: "no usable login is stored",
      mend: loginCommand(label),
    }
  }
  const verdict = standingVerdict(credential)
  if (verdict !== null) {
    return {
      status: "reauth",
      code: verdict.reason,
      reason: `the issuer refused the stored login for good: ${verdict.reason}`,
      mend: loginCommand(label),
    }
  }
  return isDue(credential, now)
    ? {
        status: "ready",
        code: "refresh_due",
        reason: "the access token is due for a refresh",
        mend: null,
      }
    : { status: "ready", code: "ready", reason: "login and refresh token are stored", mend: null }
}

/** The verdict on the pair that is stored now; one on a former pair no longer counts. */
export function standingVerdict({
  verdict,
  refresh,
}: StoredLogin): { reason: string; at: string } | null {
  return verdict !== null && verdict.pair === pairHash(refresh) ? verdict : null
}

/** True when less than 15 minutes and one and a half ticks of the access token are left. */
export function isDue({ expiresAt }: StoredLogin, now: number, tick = TICK): boolean {
  return expiresAt === null || expiresAt - now < REFRESH_MARGIN + 1.5 * tick
}

function blocked(code: string, reason: string, label: Label): Readiness {
  return { status: "blocked", code, reason, mend: loginCommand(label) }
}

/** The command that gives a label a login, or renews the one it has. */
export function loginCommand(label: Label): string {
  return `aim login ${label}`
}

/** The command that logs in a label that may not exist yet: it says whose login that will be. */
export function firstLoginCommand(label: Label, provider: ProviderId = "openai-codex"): string {
  return `${loginCommand(label)} --provider ${provider}`
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}

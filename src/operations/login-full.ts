import type { Conversation } from "../domain/conversation.ts"
import type { Label } from "../domain/label.ts"
import { exchangeCode } from "../pool/exchange.ts"
import { keyOf, type Pool, providerFor } from "../pool/pool.ts"
import type { Grant, LoginFlow } from "../providers/login-flow.ts"
import { fail } from "../system/errors.ts"
import { MINUTE, SECOND } from "../system/time.ts"
import { grantByPage } from "./login-attempt.ts"
import { grantByDevice } from "./login-device.ts"

const PAGE_LIMIT = 10 * MINUTE
const DEVICE_LIMIT = 15 * MINUTE

/** How a person logs in, when one must. */
export type Lane = {
  lane: "browser" | "manual" | "device"
  timeoutSeconds: number | null
  /** Brings the page before the person; gives what to tell where it can't. */
  open: (url: string) => Promise<string | null>
}

/**
 * A full login by a person: a code by the chosen lane, exchanged once. No lease is held while a
 * person is waited for; nothing is stored but the login, and only if it is the label's.
 */
export async function logInAnew(
  pool: Pool,
  label: Label,
  lane: Lane,
  talk: Conversation,
): Promise<void> {
  const key = keyOf("openai-codex", label)
  const grant = await grantFor(providerFor(pool, key.provider).login, lane, talk)
  talk.tell("Fetching the login.")
  const outcome = await pool.vault.withLabels([key], (lease) =>
    exchangeCode(pool, lease, key, grant),
  )
  switch (outcome.kind) {
    case "logged_in":
      return
    case "refused":
      return fail(
        outcome.problem.code,
        `${outcome.problem.message}; the login that was made is kept in quarantine as ${outcome.id}`,
        `aim quarantine adopt ${outcome.id} <another label>`,
      )
    case "unreadable":
      return fail(
        "login_unreadable",
        `the issuer's reply can't be used (${outcome.detail}); it is kept in quarantine as ${outcome.id}, and the stored login is as it was`,
        `aim login ${label}`,
      )
    default:
      return fail(
        "login_failed",
        `the issuer gave no login (${outcome.detail}); the stored one is as it was`,
        `aim login ${label}`,
      )
  }
}

function grantFor(
  flow: LoginFlow,
  { lane, timeoutSeconds, open }: Lane,
  talk: Conversation,
): Promise<Grant> {
  const limit = timeoutSeconds === null ? null : timeoutSeconds * SECOND
  return lane === "device"
    ? grantByDevice(flow, limit ?? DEVICE_LIMIT, talk)
    : grantByPage(flow, { lane, open, timeoutMs: limit ?? PAGE_LIMIT }, talk)
}

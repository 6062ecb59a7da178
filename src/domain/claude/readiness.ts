import { parseIso } from "../../system/time.ts"
import { storedContradiction } from "../adopt/expect.ts"
import { asObject, credentialRecord, type Document } from "../document.ts"
import type { Label } from "../label.ts"
import { isDue, loginCommand, type Readiness, standingVerdict } from "../readiness.ts"
import { storedLogin } from "../stored-login.ts"
import { bundleOf, missingFrom } from "./bundle.ts"

/**
 * The readiness of a Claude label by what is stored, in the reference's order and codes (aimgr
 * 4404b27 §3.5), but for one thing: an access token that ran out is `refresh_due`, and
 * `expired_credentials` only once the issuer has refused the refresh token beside it for good.
 */
export function claudeReadiness(document: Document, label: Label, now: number): Readiness {
  const key = { provider: "anthropic" as const, label }
  const account = asObject(document.accounts[label]) ?? {}
  const record = credentialRecord(document, "anthropic", label)
  const stored = storedLogin(document, key)
  const bundle = bundleOf(record)
  const isWhole = bundle !== null && missingFrom(bundle).length === 0
  const expiry = parseIso(record?.expiresAt)
  const isFresh = stored !== null && expiry !== null && expiry > now

  const mend = loginCommand(label)
  const block = text(asObject(account.reauth)?.blockedReason)
  const moot = block !== null && isWhole && isFresh && /duplicate.*bundle/i.test(block)
  if (block !== null && !moot) return because("blocked", "blocked", block, mend)
  const wrong = storedContradiction(document, key)
  if (wrong !== null) return because("blocked", "conflict", wrong, mend)
  if (stored === null)
    return because("reauth", "missing_credentials", "no usable login is stored", mend)
  const verdict = standingVerdict(stored)
  if (verdict !== null) {
    const reason = `the issuer refused the stored login for good: ${verdict.reason}`
    return because("reauth", "expired_credentials", reason, mend)
  }
  if (!isWhole)
    return because(
      "reauth",
      "missing_native_claude_bundle",
      "what Claude Code needs beside the tokens is not stored",
      mend,
    )
  return isDue(stored, now)
    ? because("ready", "refresh_due", "the access token is due for a refresh", null)
    : because("ready", "native_claude", "login and refresh token are stored", null)
}

function because(
  status: Readiness["status"],
  code: string,
  reason: string,
  mend: string | null,
): Readiness {
  return { status, code, reason, mend }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null
}

import * as v from "valibot"
import { codexAccountClaim, codexIdentity } from "../../domain/codex-identity.ts"
import type { Identity } from "../../domain/identity.ts"
import { claimText, claimTime, looksLikeJwt, readClaims } from "../../domain/jwt.ts"
import type { JsonObject, Login } from "../../domain/login.ts"
import type { Secret } from "../../system/secret.ts"
import { DAY, isoTime, SECOND } from "../../system/time.ts"
import { filledToken, OptionalToken, Seconds, storedToken } from "../token-schema.ts"

/** Each may be missing: Codex CLI 0.169.0 then keeps its own. */
const TokenReply = v.object({
  access_token: OptionalToken,
  refresh_token: OptionalToken,
  id_token: v.fallback(OptionalToken, null),
  expires_in: Seconds,
})

/** Codex asks for a new token after this when the old one does not say when it ends. */
const OPAQUE_LIFETIME = 8 * DAY
const LAST_TIME = Date.parse("9999-01-01T00:00:00Z")

/** The login in a token endpoint's reply that came at `at`, or what is wrong with the reply. */
export function loginFrom(record: JsonObject, body: JsonObject, at: number): Login | string {
  const parsed = v.safeParse(TokenReply, body)
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0])
    return `\`${field}\` in the reply is missing or no token`
  }
  const reply = parsed.output
  const [newAccess, newRefresh] = [
    filledToken(reply.access_token),
    filledToken(reply.refresh_token),
  ]
  if (newAccess === null && newRefresh === null) return "`access_token` in the reply is missing"
  const access = newAccess ?? storedToken(record.access)
  const refresh = newRefresh ?? storedToken(record.refresh)
  if (access === null) return "`access_token` in the reply is missing"
  if (refresh === null) return "`refresh_token` in the reply is missing"
  const idToken = jwt(filledToken(reply.id_token))
  const accountId = text(record.accountId)
  const expiresAt = accessEnd(access, reply.expires_in, at)
  return {
    provider: "openai-codex",
    access,
    refresh,
    expiresAt,
    identity: identityOf(access, idToken, accountId),
    fields: {
      access,
      refresh,
      expiresAt: isoTime(expiresAt ?? at + OPAQUE_LIFETIME),
      ...(accountId === null ? {} : { accountId }),
      ...(idToken === null ? {} : { idToken }),
      lastRefresh: isoTime(at),
      ...(record.tokensExtra === undefined ? {} : { tokensExtra: record.tokensExtra }),
    },
  }
}

/**
 * Whose tokens these are. Elsewhere the account id in a record rules over the claims, because
 * Codex sends it on the wire; here the claims rule, because only they show that the issuer has
 * answered for another account (it may, and Codex 0.169.0 takes it). Of two claims the one that
 * differs counts. Without any the record's account is all there is.
 */
function identityOf(access: Secret, idToken: Secret | null, accountId: string | null): Identity {
  const identity = codexIdentity({ access, idToken, accountId })
  const claims = [codexAccountClaim(idToken), codexAccountClaim(access)].filter(
    (claim) => claim !== null,
  )
  const other = claims.find((claim) => claim !== accountId)
  return { ...identity, workspace: other ?? claims[0] ?? accountId }
}

/** When the access token ends: its own `exp`, else what the reply says, else nobody knows. */
function accessEnd(access: Secret, expiresIn: number | null, at: number): number | null {
  const own = claimTime(readClaims(access), "exp")
  if (own !== null && own < LAST_TIME) return own
  return expiresIn === null ? null : Math.round(at + expiresIn * SECOND)
}

/** Codex 0.169.0 does not open a file whose `id_token` has another shape. */
function jwt(value: Secret | null): Secret | null {
  return looksLikeJwt(value) ? value : null
}

function text(value: unknown): string | null {
  return claimText({ value }, "value")
}

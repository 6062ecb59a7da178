import * as v from "valibot"
import { bundleOf, recordFields, scopesOf } from "../../domain/claude/bundle.ts"
import { claudeRecordIdentity } from "../../domain/claude/identity.ts"
import type { Identity } from "../../domain/identity.ts"
import type { JsonObject, Login } from "../../domain/login.ts"
import { HOUR, SECOND } from "../../system/time.ts"
import { lenient, Name } from "../lenient.ts"
import { filledToken, OptionalToken, Seconds, storedToken } from "../token-schema.ts"

/** What Claude Code 2.1.329 reads out of a refresh reply; each but the access token may be missing. */
const TokenReply = v.object({
  access_token: OptionalToken,
  refresh_token: OptionalToken,
  expires_in: Seconds,
  refresh_token_expires_in: Seconds,
  scope: lenient(v.pipe(v.string(), v.maxLength(2_000))),
  account: lenient(v.object({ uuid: Name })),
  organization: lenient(v.object({ uuid: Name })),
})
type TokenReply = v.InferOutput<typeof TokenReply>

/** What Anthropic's access tokens last where the reply does not say it. */
const USUAL_LIFETIME = 8 * HOUR

/**
 * The login in a token endpoint's reply that came at `at`, or what is wrong with the reply. What the
 * reply does not name stays as Claude Code has stored it; its `scope` missing is no scope lost.
 */
export function loginFrom(record: JsonObject, body: JsonObject, at: number): Login | string {
  const parsed = v.safeParse(TokenReply, body)
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0])
    return `\`${field}\` in the reply is missing or no token`
  }
  const reply = parsed.output
  const access = filledToken(reply.access_token)
  const refresh = filledToken(reply.refresh_token) ?? storedToken(record.refresh)
  if (access === null) return "`access_token` in the reply is missing"
  if (refresh === null) return "`refresh_token` in the reply is missing"
  const expiresAt = Math.round(
    at + (reply.expires_in === null ? USUAL_LIFETIME : reply.expires_in * SECOND),
  )
  const { claudeAiOauth, oauthAccount } = bundleOf(record) ?? {
    claudeAiOauth: summary(record),
    oauthAccount: {},
  }
  const oauth = {
    ...claudeAiOauth,
    accessToken: access,
    refreshToken: refresh,
    expiresAt,
    ...refreshEnd(claudeAiOauth, reply, at),
    scopes: scopesIn(reply) ?? scopesOf(claudeAiOauth),
  }
  return {
    provider: "anthropic",
    access,
    refresh,
    expiresAt,
    identity: identityOf(record, reply),
    fields: recordFields({ claudeAiOauth: oauth, oauthAccount }),
  }
}

function scopesIn({ scope }: TokenReply): string[] | null {
  const scopes = (scope ?? "").split(" ").filter((word) => word !== "")
  return scopes.length === 0 ? null : scopes
}

/** The login's own end moves only nearer, and is not invented (as Claude Code does it). */
function refreshEnd(oauth: JsonObject, reply: TokenReply, at: number): JsonObject {
  const stored = oauth.refreshTokenExpiresAt
  if (typeof stored !== "number" || reply.refresh_token_expires_in === null) return {}
  const fresh = Math.round(at + reply.refresh_token_expires_in * SECOND)
  return { refreshTokenExpiresAt: Math.min(stored, fresh) }
}

/** Whose tokens these are: what the reply says rules, for it alone knows. */
function identityOf(record: JsonObject, { account, organization }: TokenReply): Identity {
  const known = claudeRecordIdentity(record)
  const uuid = account?.uuid ?? null
  const isOther = known.users.some(({ claim, id }) => claim === "accountUuid" && id !== uuid)
  const users =
    uuid === null
      ? known.users
      : [
          { claim: "accountUuid", id: uuid },
          ...(isOther ? [] : known.users.filter(({ claim }) => claim !== "accountUuid")),
        ]
  return { ...known, users, workspace: organization?.uuid ?? known.workspace }
}

function summary({ subscriptionType, rateLimitTier, scopes }: JsonObject): JsonObject {
  return {
    ...(subscriptionType === undefined ? {} : { subscriptionType }),
    ...(rateLimitTier === undefined ? {} : { rateLimitTier }),
    ...(scopes === undefined ? {} : { scopes }),
  }
}

import { sha256 } from "../system/hash.ts"
import { randomHex } from "../system/random.ts"
import { SECOND } from "../system/time.ts"
import { CLAUDE_SCOPES, type ClaudeAccount } from "./claude-account.ts"
import { createTokenFamilies, type MintOptions } from "./token-families.ts"
import { CANARY } from "./tokens.ts"

/** What a Claude login or refresh hands out. Its tokens are opaque: nothing can be read in them. */
export type ClaudeLogin = {
  account: string
  accessToken: string
  refreshToken: string
  /** SHA-256 of the refresh token: how the request log names it. */
  refreshTokenHash: string
  /** Epoch milliseconds. */
  expiresAt: number
  /** When the login ends for good, epoch ms. */
  refreshTokenExpiresAt: number
  scopes: readonly string[]
}
export type ClaudeMint = MintOptions & { scopes?: readonly string[] }

/** One login: its refreshes keep what was granted at its start. */
type Grant = { account: ClaudeAccount; scopes: readonly string[]; endsAt: number }

export type ClaudeLogins = ReturnType<typeof createClaudeLogins>

/** Every login of the Claude accounts. */
export function createClaudeLogins(options: { clock: () => number; reuseRevokesFamily: boolean }) {
  function write({ account, scopes, endsAt }: Grant, { expiresInSeconds }: MintOptions) {
    const refreshToken = `sk-ant-ort01-${CANARY}-${account.name}-${randomHex(24)}`
    return {
      account: account.name,
      accessToken: `sk-ant-oat01-${CANARY}-${account.name}-${randomHex(24)}`,
      refreshToken,
      refreshTokenHash: sha256(refreshToken),
      // To the millisecond: the later of two opaque tokens is known by its later end.
      expiresAt: options.clock() + (expiresInSeconds ?? account.accessLifetimeSeconds) * SECOND,
      refreshTokenExpiresAt: endsAt,
      scopes,
    } satisfies ClaudeLogin
  }

  const families = createTokenFamilies({ ...options, write })
  const of = (account: ClaudeAccount) => (owner: Grant) => owner.account === account
  return {
    mint(
      account: ClaudeAccount,
      { scopes = CLAUDE_SCOPES, ...mint }: ClaudeMint = {},
    ): ClaudeLogin {
      const endsAt = options.clock() + account.loginLifetimeSeconds * SECOND
      return families.mint({ account, scopes, endsAt }, mint)
    },
    refresh: families.refresh,
    revoke: families.revoke,
    remember: families.remember,
    /** Account and scopes of the login that a bearer belongs to, and why it is refused, if it is. */
    bearer: families.bearer,
    /** The same of a refresh token, whatever it is good for. */
    grantOf: families.ownerOf,
    liveRefreshTokens: (account: ClaudeAccount): string[] => families.live(of(account)),
    expire: (account: ClaudeAccount, kind: "access" | "refresh"): void =>
      families.expire(of(account), kind),
    revokeAll: (account: ClaudeAccount): void => families.revokeAll(of(account)),
  }
}

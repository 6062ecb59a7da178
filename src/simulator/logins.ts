import { sha256 } from "../system/hash.ts"
import { SECOND } from "../system/time.ts"
import type { Account } from "./account.ts"
import { type BearerRefusal, createTokenFamilies, type MintOptions } from "./token-families.ts"
import { mintAccessToken, mintIdToken, mintRefreshToken } from "./tokens.ts"

/** What a login or a refresh hands out: three tokens issued together. */
export type Login = {
  account: string
  accountId: string
  userId: string
  email: string
  idToken: string
  accessToken: string
  refreshToken: string
  /** SHA-256 of the refresh token: how the request log names it. */
  refreshTokenHash: string
  /** Epoch milliseconds. */
  expiresAt: number
}

export type Logins = ReturnType<typeof createLogins>

/** Every login of the OpenAI accounts. */
export function createLogins(options: {
  clock: () => number
  issuer: () => string
  reuseRevokesFamily: boolean
}) {
  function write(account: Account, { expiresInSeconds }: MintOptions): Login {
    const lifetime = account.accessLifetimeSeconds
    const today = Math.floor(options.clock() / SECOND)
    const expiresAt = today + (expiresInSeconds ?? lifetime)
    const issuedAt = Math.min(today, expiresAt - Math.min(lifetime, 60))
    const times = { issuedAt, expiresAt, issuer: options.issuer() }
    const refreshToken = mintRefreshToken(account)
    return {
      account: account.name,
      accountId: account.accountId,
      userId: account.userId,
      email: account.email,
      idToken: mintIdToken(account, times),
      accessToken: mintAccessToken(account, times),
      refreshToken,
      refreshTokenHash: sha256(refreshToken),
      expiresAt: expiresAt * SECOND,
    }
  }

  const families = createTokenFamilies({ ...options, write })
  const of = (account: Account) => (owner: Account) => owner === account
  return {
    mint: families.mint,
    refresh: families.refresh,
    revoke: families.revoke,
    ownerOf: families.ownerOf,
    remember: families.remember,

    /** The account a bearer belongs to, and why it is refused, if it is. */
    bearer(token: string | null): { account: Account | null; refused: BearerRefusal | null } {
      const { owner, refused } = families.bearer(token)
      return { account: owner, refused }
    },

    /** The account's refresh tokens that would be taken now, oldest first: one a login. */
    liveRefreshTokens: (account: Account): string[] => families.live(of(account)),

    /** From now on the account's present tokens of that kind are refused, whatever they claim. */
    expire: (account: Account, kind: "access" | "refresh"): void =>
      families.expire(of(account), kind),

    /** Kills every login of the account that exists now. */
    revokeAll: (account: Account): void => families.revokeAll(of(account)),
  }
}

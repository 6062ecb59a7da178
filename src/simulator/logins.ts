import { sha256 } from "../system/hash.ts"
import { SECOND } from "../system/time.ts"
import type { Account } from "./account.ts"
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

/** Why a refresh token buys nothing: the provider's own words. */
export type RefreshRefusal =
  | "refresh_token_reused"
  | "refresh_token_expired"
  | "refresh_token_invalidated"
  | "invalid_grant"
export type BearerRefusal = "missing" | "unknown" | "token_expired" | "token_revoked"

type Family = { account: Account; revoked: boolean }
type RefreshRecord = { family: Family; state: "live" | "spent" | "expired" }
type AccessRecord = { family: Family; expiresAt: number }
type MintOptions = { expiresInSeconds?: number }

export type Logins = ReturnType<typeof createLogins>

/** Every token ever handed out, each refresh token good for one use, in families that die together. */
export function createLogins(options: {
  clock: () => number
  issuer: () => string
  reuseRevokesFamily: boolean
}) {
  const refreshTokens = new Map<string, RefreshRecord>()
  const accessTokens = new Map<string, AccessRecord>()

  function issue(family: Family, { expiresInSeconds }: MintOptions = {}): Login {
    const { account } = family
    const lifetime = account.accessLifetimeSeconds
    const today = Math.floor(options.clock() / SECOND)
    const expiresAt = today + (expiresInSeconds ?? lifetime)
    const issuedAt = Math.min(today, expiresAt - Math.min(lifetime, 60))
    const times = { issuedAt, expiresAt, issuer: options.issuer() }
    const accessToken = mintAccessToken(account, times)
    const refreshToken = mintRefreshToken(account)
    accessTokens.set(accessToken, { family, expiresAt: expiresAt * SECOND })
    refreshTokens.set(refreshToken, { family, state: "live" })
    return {
      account: account.name,
      accountId: account.accountId,
      userId: account.userId,
      email: account.email,
      idToken: mintIdToken(account, times),
      accessToken,
      refreshToken,
      refreshTokenHash: sha256(refreshToken),
      expiresAt: expiresAt * SECOND,
    }
  }

  return {
    /** A new login: a family of its own, as a second machine would have. */
    mint: (account: Account, mint?: MintOptions): Login => issue({ account, revoked: false }, mint),

    /** Spends a refresh token. A spent one is reuse, which may kill its whole family. */
    refresh(token: string): Login | { refused: RefreshRefusal } {
      const record = refreshTokens.get(token)
      if (record === undefined) return { refused: "invalid_grant" }
      if (record.state === "spent") {
        if (options.reuseRevokesFamily) record.family.revoked = true
        return { refused: "refresh_token_reused" }
      }
      if (record.family.revoked) return { refused: "refresh_token_invalidated" }
      if (record.state === "expired") return { refused: "refresh_token_expired" }
      record.state = "spent"
      return issue(record.family)
    },

    /** Kills the family of a refresh token; false when nobody knows the token. */
    revoke(token: string): boolean {
      const record = refreshTokens.get(token)
      if (record !== undefined) record.family.revoked = true
      return record !== undefined
    },

    /** The account a bearer belongs to, and why it is refused, if it is. */
    bearer(token: string | null): { account: Account | null; refused: BearerRefusal | null } {
      if (token === null) return { account: null, refused: "missing" }
      const record = accessTokens.get(token)
      if (record === undefined) return { account: null, refused: "unknown" }
      const { account, revoked } = record.family
      if (revoked) return { account, refused: "token_revoked" }
      return { account, refused: record.expiresAt <= options.clock() ? "token_expired" : null }
    },

    /** The account's refresh tokens that would be taken now, oldest first: one a login. */
    liveRefreshTokens: (account: Account): string[] =>
      [...refreshTokens].flatMap(([token, { family, state }]) =>
        family.account === account && !family.revoked && state === "live" ? [token] : [],
      ),

    /** Remembers what every token is good for now; the function that it gives brings that back. */
    remember(): () => void {
      const refreshes = [...refreshTokens].map(([token, { family, state }]) => {
        return { token, family, state, revoked: family.revoked }
      })
      const accesses = [...accessTokens].map(([token, record]) => ({
        token,
        record: { ...record },
      }))
      return () => {
        refreshTokens.clear()
        accessTokens.clear()
        for (const { token, family, state, revoked } of refreshes) {
          family.revoked = revoked
          refreshTokens.set(token, { family, state })
        }
        for (const { token, record } of accesses) accessTokens.set(token, { ...record })
      }
    },

    ownerOf: (refreshToken: string): Account | null =>
      refreshTokens.get(refreshToken)?.family.account ?? null,

    /** From now on the account's present tokens of that kind are refused, whatever they claim. */
    expire(account: Account, kind: "access" | "refresh"): void {
      const records = kind === "access" ? accessTokens : refreshTokens
      for (const record of records.values()) {
        if (record.family.account !== account) continue
        if ("expiresAt" in record) record.expiresAt = 0
        else if (record.state === "live") record.state = "expired"
      }
    },

    /** Kills every login of the account that exists now. */
    revokeAll(account: Account): void {
      for (const { family } of refreshTokens.values()) {
        if (family.account === account) family.revoked = true
      }
    },
  }
}

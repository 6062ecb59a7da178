/** Tokens that are issued together; `expiresAt` is the access token's end in epoch ms. */
type Tokens = { accessToken: string; refreshToken: string; expiresAt: number }

/** Why a refresh token buys nothing: OpenAI's own words. */
export type RefreshRefusal =
  | "refresh_token_reused"
  | "refresh_token_expired"
  | "refresh_token_invalidated"
  | "invalid_grant"
export type BearerRefusal = "missing" | "unknown" | "token_expired" | "token_revoked"
export type MintOptions = { expiresInSeconds?: number }

type Family<Owner> = { owner: Owner; revoked: boolean }
type RefreshRecord<Owner> = { family: Family<Owner>; state: "live" | "spent" | "expired" }
type AccessRecord<Owner> = { family: Family<Owner>; expiresAt: number }

/**
 * Every token ever handed out, each refresh token good for one use, in families that die together.
 * `write` makes the tokens of one login of an owner; a family has one owner.
 */
export function createTokenFamilies<Owner, Issued extends Tokens>(options: {
  clock: () => number
  reuseRevokesFamily: boolean
  write: (owner: Owner, mint: MintOptions) => Issued
}) {
  const refreshTokens = new Map<string, RefreshRecord<Owner>>()
  const accessTokens = new Map<string, AccessRecord<Owner>>()

  function issue(family: Family<Owner>, mint: MintOptions = {}): Issued {
    const issued = options.write(family.owner, mint)
    accessTokens.set(issued.accessToken, { family, expiresAt: issued.expiresAt })
    refreshTokens.set(issued.refreshToken, { family, state: "live" })
    return issued
  }

  return {
    /** A new login: a family of its own, as a second machine would have. */
    mint: (owner: Owner, mint?: MintOptions): Issued => issue({ owner, revoked: false }, mint),

    /** Spends a refresh token. A spent one is reuse, which may kill its whole family. */
    refresh(token: string): Issued | { refused: RefreshRefusal } {
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

    /** Whose a bearer is, and why it is refused, if it is. */
    bearer(token: string | null): { owner: Owner | null; refused: BearerRefusal | null } {
      if (token === null) return { owner: null, refused: "missing" }
      const record = accessTokens.get(token)
      if (record === undefined) return { owner: null, refused: "unknown" }
      const { owner, revoked } = record.family
      if (revoked) return { owner, refused: "token_revoked" }
      return { owner, refused: record.expiresAt <= options.clock() ? "token_expired" : null }
    },

    ownerOf: (refreshToken: string): Owner | null =>
      refreshTokens.get(refreshToken)?.family.owner ?? null,

    /** The refresh tokens of such owners that would be taken now, oldest first: one a login. */
    live: (is: (owner: Owner) => boolean): string[] =>
      [...refreshTokens].flatMap(([token, { family, state }]) =>
        is(family.owner) && !family.revoked && state === "live" ? [token] : [],
      ),

    /** From now on such owners' present tokens of that kind are refused, whatever they claim. */
    expire(is: (owner: Owner) => boolean, kind: "access" | "refresh"): void {
      const records = kind === "access" ? accessTokens : refreshTokens
      for (const record of records.values()) {
        if (!is(record.family.owner)) continue
        if ("expiresAt" in record) record.expiresAt = 0
        else if (record.state === "live") record.state = "expired"
      }
    },

    /** Kills every login of such owners that exists now. */
    revokeAll(is: (owner: Owner) => boolean): void {
      for (const { family } of refreshTokens.values()) if (is(family.owner)) family.revoked = true
    },

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
  }
}

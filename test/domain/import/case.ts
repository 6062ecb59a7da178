import { newAccount } from "../../../src/domain/adopt/new-account.ts"
import { type Document, EMPTY_DOCUMENT } from "../../../src/domain/document.ts"
import { baseFields } from "../../../src/domain/import/base.ts"
import type { ImportInput } from "../../../src/domain/import/plan.ts"
import type { JsonObject } from "../../../src/domain/login.ts"
import { pairHash } from "../../../src/domain/pair.ts"
import { Secret } from "../../../src/system/secret.ts"
import { MINUTE } from "../../../src/system/time.ts"
import { login, NOON, type Who } from "../logins.ts"

export const PROVIDER = "openai-codex"

/** A stored login, issued so many minutes after noon; `held` are the pairs before it. */
export function record(refresh: string, minutes = 0, held: readonly string[] = [], who: Who = {}) {
  const { fields } = login(refresh, NOON + minutes * MINUTE, who)
  const formerPairs = held.map((text) => pairHash(new Secret(text)))
  return { ...fields, ...(formerPairs.length > 0 ? { formerPairs } : {}) }
}

/** One label on both sides of an import. */
export type Case = {
  /** What is stored here, and what the authority has; absent: no login. */
  local?: JsonObject
  upstream?: JsonObject
  /** What the authority had at the last import; absent: the label was not imported. */
  base?: JsonObject | null
  flagged?: boolean
  discard?: boolean
  sameSource?: boolean
  /** The label stands on one side only. */
  only?: "here" | "there"
}

export function inputOf(of: Case): ImportInput {
  const { local, upstream, base, flagged = false, discard = false, sameSource = true, only } = of
  const entry = { ...baseFields(PROVIDER, base ?? null), dirtyLocal: flagged }
  const labelsByName = base === undefined ? {} : { boss: entry }
  const document: Document = {
    ...EMPTY_DOCUMENT,
    accounts: only === "there" ? {} : { boss: newAccount(PROVIDER) },
    credentials: { [PROVIDER]: local === undefined ? {} : { boss: local } },
    imports: { authority: { codex: { source: "ops@studio", labelsByName } } },
  }
  const offer = {
    accounts: only === "here" ? {} : { boss: { provider: PROVIDER } },
    credentials: upstream === undefined ? {} : { boss: upstream },
  }
  const fixed = { provider: PROVIDER, source: "ops@studio", at: NOON } as const
  return { ...fixed, document, offer, sameSource, discardDirty: discard }
}

export const R0 = record("R0")
export const R1 = record("R1", 1, ["R0"])
export const R2 = record("R2", 2, ["R0", "R1"])
export const LATER = record("X", 3)
export const EARLIER = record("X", -3)
export const GUEST = record("G", 3, [], { user: "u2" })
export const REF = (text: string) => new Secret(text)

/** The refresh token of a record, or null. */
export function textOf(stored: unknown): string | null {
  const { refresh } = (stored ?? {}) as { refresh?: unknown }
  return refresh instanceof Secret ? refresh.reveal() : null
}

import * as v from "valibot"
import { asCodexCredential, Verdict } from "./credential.ts"
import { credentialRecord, type Document } from "./document.ts"
import type { Label } from "./label.ts"
import type { JsonObject } from "./login.ts"
import type { ProviderId } from "./provider-id.ts"
import { pairOfRecord, type StoredPair } from "./stored-pair.ts"

/** One label of one provider. */
export type OfLabel = { provider: ProviderId; label: Label }

/** What a label stores of its login, alike for every provider. */
export type StoredLogin = StoredPair & {
  /** What the issuer said for good about one pair; it counts only while that pair is stored. */
  verdict: Verdict | null
  /** The workspace that Codex sends on the wire; null for a Claude login. */
  accountId: string | null
}

/** Records are never mutated, so each is read once however often a command looks at it. */
const known = new WeakMap<JsonObject, StoredLogin | null>()

/** A label's usable login: a pair that can be posted and compared; null without one. */
export function storedLogin(document: Document, { provider, label }: OfLabel): StoredLogin | null {
  const record = credentialRecord(document, provider, label)
  return record === null ? null : loginInRecord(provider, record)
}

/** The login in a credential record, wherever it stands (in quarantine, say); null for none. */
export function loginInRecord(provider: ProviderId, record: JsonObject): StoredLogin | null {
  const before = known.get(record)
  if (before !== undefined) return before
  const login = READ[provider](record)
  known.set(record, login)
  return login
}

const READ: Record<ProviderId, (record: JsonObject) => StoredLogin | null> = {
  "openai-codex": (record) => {
    const credential = asCodexCredential(record)
    const pair = credential === null ? null : pairOfRecord("openai-codex", record)
    if (credential === null || pair === null) return null
    return { ...pair, verdict: credential.verdict ?? null, accountId: credential.accountId }
  },
  anthropic: (record) => {
    const pair = pairOfRecord("anthropic", record)
    if (pair === null || pair.access.blank) return null
    return { ...pair, verdict: verdictIn(record), accountId: null }
  },
}

function verdictIn(record: JsonObject): Verdict | null {
  const parsed = v.safeParse(Verdict, record.verdict)
  return parsed.success ? parsed.output : null
}

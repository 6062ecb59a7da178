import { type Adoption, adoptAs } from "../../domain/adopt/as.ts"
import type { Document } from "../../domain/document.ts"
import { describeIdentity } from "../../domain/identity.ts"
import type { Label } from "../../domain/label.ts"
import type { Login } from "../../domain/login.ts"
import { isNative, noteNative } from "../../domain/maintenance.ts"
import { quarantinedAs } from "../../domain/quarantine.ts"
import { readinessOf } from "../../domain/readiness-of.ts"
import { type Finding, findingOf, type ReceiptStatus } from "../../domain/receipt.ts"
import { commit } from "../../pool/commit.ts"
import { keyOf, type Pool } from "../../pool/pool.ts"
import { now } from "../../system/clock.ts"
import { randomHex } from "../../system/random.ts"
import { sharedSeats } from "../account/shared-seats.ts"

export type Taken = {
  label: Label
  adoption: Adoption
  identity: string
  accountId: string | null
  /** Set when the login's pair conflicts with the stored one: where it is kept. */
  quarantined: string | null
  warnings: Finding[]
}

/**
 * Takes a login that was found somewhere in as a label, under the label's lease; `also` is done in
 * the same commit. Stops, with nothing changed, where it is another's.
 */
export async function takeLogin(
  pool: Pool,
  label: Label,
  login: Login,
  also: (taken: Document, at: number) => Document,
): Promise<Taken> {
  const id = randomHex(4)
  const key = keyOf(login.provider, label)
  return pool.vault.withLabels([key], async () => {
    let adoption: Adoption = "same"
    let quarantined: string | null = null
    const document = await commit(pool, (before) => {
      const at = now()
      const adopted = adoptAs(before, label, login, { id, at })
      adoption = adopted.adoption
      // The very pair may lie there already, under the id of an earlier attempt.
      quarantined = quarantinedAs(adopted.document, login.refresh)
      return also(noteTaken(adopted.document, label, login, { adoption, at }), at)
    })
    return {
      label,
      adoption,
      identity: describeIdentity(login.identity),
      accountId: login.identity.workspace,
      quarantined: (adoption as Adoption) === "conflict" ? quarantined : null,
      warnings: [...sharedSeats(document, label), ...stillDead(document, label, login)],
    }
  })
}

/** What a receipt calls an adoption. */
export function statusOf(adoption: Adoption): ReceiptStatus {
  if (adoption === "same" || adoption === "older") return "noop"
  return adoption === "conflict" ? "blocked" : "applied"
}

/**
 * What a capture says of the label's maintenance: a Claude login is its client's own. An older or a
 * conflicting one says nothing; one that is stored already, only what is not said yet.
 */
function noteTaken(
  document: Document,
  label: Label,
  { provider }: Login,
  { adoption, at }: { adoption: Adoption; at: number },
): Document {
  if (provider !== "anthropic" || adoption === "older" || adoption === "conflict") return document
  if (adoption === "same" && isNative(document, label)) return document
  return noteNative(document, label, at)
}

/** The login that was taken in is known to be refused: that is no way out of `reauth`. */
function stillDead(document: Document, label: Label, { provider }: Login): Finding[] {
  const { status, code, reason, mend } = readinessOf(document, { provider, label }, now())
  if (status === "ready") return []
  const problem = { code, message: `\`${label}\` can't serve: ${reason}` }
  return [findingOf(mend === null ? problem : { ...problem, hint: mend }, { label })]
}

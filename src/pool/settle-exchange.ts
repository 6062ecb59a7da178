import { adoptFresh } from "../domain/adopt/as.ts"
import type { Document } from "../domain/document.ts"
import type { Login } from "../domain/login.ts"
import { noteVerified } from "../domain/maintenance.ts"
import {
  quarantinedAs,
  quarantineLogin,
  quarantineReply,
  replyQuarantinedAs,
} from "../domain/quarantine.ts"
import type { LabelKey } from "../ledger/ledger.ts"
import type { RawReply } from "../providers/provider.ts"
import { AimError, type Problem } from "../system/errors.ts"
import { randomHex } from "../system/random.ts"
import { commit } from "./commit.ts"
import { loginFlowOf, type Pool } from "./pool.ts"
import { UNREADABLE } from "./settle.ts"

/** What came of exchanging a code for a pair. */
export type ExchangeOutcome =
  | { kind: "logged_in"; login: Login }
  /** The pair is another person's, or another label's: kept in quarantine as `id`. */
  | { kind: "refused"; problem: Problem; id: string }
  /** The issuer said yes, but what it sent can't be read: kept in quarantine as `id`. */
  | { kind: "unreadable"; detail: string; id: string }
  | { kind: "failed"; detail: string }

/** Brings the reply of a code exchange into the vault in one commit; under the label's lease. */
export async function settleExchange(
  pool: Pool,
  key: LabelKey,
  reply: RawReply,
  at: number,
): Promise<ExchangeOutcome> {
  const flow = await loginFlowOf(pool, key.provider)
  const verdict = flow.judge(reply, at)
  const id = randomHex(4)
  if (verdict.kind === "login") return settleLogin(pool, key, verdict.login, { id, at })
  const detail = "detail" in verdict ? verdict.detail : verdict.kind
  if (reply.status < 200 || reply.status > 299) return { kind: "failed", detail }
  const note = { id, at, label: key.label, reason: UNREADABLE }
  const kept = await commit(pool, (document) =>
    quarantineReply(document, key.provider, reply.body, note),
  )
  return { kind: "unreadable", detail, id: replyQuarantinedAs(kept, reply.body) ?? id }
}

async function settleLogin(
  pool: Pool,
  { label }: LabelKey,
  login: Login,
  note: { id: string; at: number },
): Promise<ExchangeOutcome> {
  let outcome: ExchangeOutcome = { kind: "logged_in", login }
  await commit(pool, (document): Document => {
    try {
      outcome = { kind: "logged_in", login }
      const adopted = adoptFresh(document, label, login, note)
      return noteVerified(adopted.document, label, note.at)
    } catch (error) {
      if (!(error instanceof AimError)) throw error
      const kept = quarantineLogin(document, login, { ...note, label, reason: "wrong_login" })
      const id = quarantinedAs(kept, login.refresh) ?? note.id
      outcome = { kind: "refused", problem: error.problem, id }
      return kept
    }
  })
  return outcome
}

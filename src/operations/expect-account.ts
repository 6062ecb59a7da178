import { type Expectation, expectationOf } from "../domain/adopt/expect.ts"
import { asObject, type Document } from "../domain/document.ts"
import { patchAccount } from "../domain/document-edits.ts"
import type { Label } from "../domain/label.ts"
import type { JsonObject } from "../domain/login.ts"
import { commit } from "../pool/commit.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { failUsage } from "../system/errors.ts"
import { knownLabel } from "./account/known-label.ts"
import { type AccountView, showAccount } from "./accounts.ts"

/** What is to be pinned: a text, `null` for nothing any more, absent for as it is. */
export type ExpectationChange = { email?: string | null; workspace?: string | null }

/**
 * `aim account expect <label>`: pins whose login the label must have. The stored login is not
 * touched: where it is another's, the label reads `blocked` (`conflict`) from now on.
 */
export async function expectLogin(
  pool: Pool,
  typed: string,
  change: ExpectationChange,
): Promise<AccountView> {
  const wanted = checked(change)
  const { label, provider } = knownLabel((await pool.vault.read()).document, typed)
  return pool.vault.withLabels([keyOf(provider, label)], async () => {
    let before: Expectation = { email: null, workspace: null }
    const document = await commit(pool, (fresh) => {
      const { account } = knownLabel(fresh, label)
      before = expectationOf(account)
      return withExpectation(fresh, label, account, wanted)
    })
    const after = expectationOf(document.accounts[label])
    const same = after.email === before.email && after.workspace === before.workspace
    const status = same ? "noop" : "applied"
    recordAct(pool, { action: "account_expect", status, label, before, after })
    return showAccount(pool, label)
  })
}

function withExpectation(
  document: Document,
  label: Label,
  account: JsonObject,
  wanted: ExpectationChange,
): Document {
  const old = asObject(account.expect) ?? {}
  const expect: Record<string, unknown> = { ...old }
  for (const [key, value] of Object.entries(wanted)) {
    if (value === null) delete expect[key]
    else expect[key] = value
  }
  const keys = Object.keys({ ...old, ...expect })
  return keys.every((key) => old[key] === expect[key])
    ? document
    : patchAccount(document, label, { expect })
}

function checked({ email, workspace }: ExpectationChange): ExpectationChange {
  const address = email?.trim().toLowerCase() ?? null
  const place = workspace?.trim() ?? null
  if (address !== null && !/^[^\s@]+@[^\s@]+$/.test(address))
    failUsage("invalid_value", "`--email` is no e-mail address", "such as --email boss@example.com")
  if (place !== null && !/^\S{1,200}$/.test(place))
    failUsage("invalid_value", "`--workspace` is no id", "`aim account show` names the account id")
  return {
    ...(email === undefined ? {} : { email: address }),
    ...(workspace === undefined ? {} : { workspace: place }),
  }
}

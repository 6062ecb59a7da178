import { expectationOf } from "../domain/adopt/expect.ts"
import { newAccount } from "../domain/adopt/new-account.ts"
import {
  asObject,
  credentialRecord,
  type Document,
  isEnabled,
  labelsOf,
  providerOf,
} from "../domain/document.ts"
import { patchAccount, putAccount } from "../domain/document-edits.ts"
import { describeIdentity } from "../domain/identity.ts"
import { type Label, parseNewLabel } from "../domain/label.ts"
import { PROVIDER_IDS } from "../domain/provider-id.ts"
import type { Readiness } from "../domain/readiness.ts"
import { readinessOf } from "../domain/readiness-of.ts"
import { storedLogin } from "../domain/stored-login.ts"
import { commit } from "../pool/commit.ts"
import { keyOf, type Pool } from "../pool/pool.ts"
import { recordAct } from "../pool/record.ts"
import { now } from "../system/clock.ts"
import { fail, failUsage } from "../system/errors.ts"
import { isoTime } from "../system/time.ts"
import { knownLabel } from "./account/known-label.ts"

/** One label as `aim account` shows it; no secrets. */
export type AccountView = {
  label: Label
  provider: string
  enabled: boolean
  readiness: Readiness | null
  email: string | null
  identity: string | null
  accountId: string | null
  expiresAt: string | null
  expectEmail: string | null
  expectWorkspace: string | null
  homes: string[]
}

/** `aim account list`: every label, in label order. */
export async function listAccounts(pool: Pool): Promise<AccountView[]> {
  const { document } = await pool.vault.read()
  return labelsOf(document).map((label) => viewOf(document, label))
}

/** `aim account show <label>`. */
export async function showAccount(pool: Pool, typed: string): Promise<AccountView> {
  const { document } = await pool.vault.read()
  return viewOf(document, knownLabel(document, typed).label)
}

/** `aim account add <label>`: an empty label, to be filled by a capture. */
export async function addAccount(
  pool: Pool,
  typed: string,
  provider: string,
): Promise<AccountView> {
  const label = parseNewLabel(typed)
  const id = PROVIDER_IDS.find((known) => known === provider)
  if (id === undefined) {
    return failUsage(
      "unknown_provider",
      `\`${provider}\` is no provider`,
      `one of: ${PROVIDER_IDS.join(", ")}`,
    )
  }
  return pool.vault.withLabels([keyOf(id, label)], async () => {
    const document = await commit(pool, (fresh) => {
      if (!Object.hasOwn(fresh.accounts, label)) return putAccount(fresh, label, newAccount(id))
      return fail(
        "label_exists",
        `there is a label \`${label}\` already`,
        `aim account show ${label}`,
      )
    })
    recordAct(pool, { action: "account_add", status: "applied", label, provider: id })
    return viewOf(document, label)
  })
}

/** `aim account enable|disable <label>`: in or out of the pool; the login stays as it is. */
export async function setEnabled(
  pool: Pool,
  typed: string,
  enabled: boolean,
): Promise<AccountView> {
  const { document } = await pool.vault.read()
  const { label, provider } = knownLabel(document, typed)
  return pool.vault.withLabels([keyOf(provider, label)], async () => {
    let changes = false
    const changed = await commit(pool, (fresh) => {
      const { account } = knownLabel(fresh, label)
      if (isEnabled(account) === enabled) return fresh
      const { disabledAt: _at, disabledReason: _why, ...rest } = asObject(account.pool) ?? {}
      changes = true
      const off = { disabledAt: isoTime(now()), disabledReason: "operator" }
      return patchAccount(fresh, label, { pool: { ...rest, enabled, ...(enabled ? {} : off) } })
    })
    const action = enabled ? "account_enable" : "account_disable"
    recordAct(pool, { action, status: changes ? "applied" : "noop", label })
    return viewOf(changed, label)
  })
}

function viewOf(document: Document, label: Label): AccountView {
  const account = asObject(document.accounts[label]) ?? {}
  const provider = providerOf(account)
  const key = provider === null ? null : { provider, label }
  const login = key === null ? null : storedLogin(document, key)
  const expiry = login?.expiresAt ?? null
  const expires = provider === null ? null : credentialRecord(document, provider, label)?.expiresAt
  const expected = expectationOf(account)
  return {
    label,
    provider: typeof account.provider === "string" ? account.provider : (provider ?? "unknown"),
    enabled: isEnabled(account),
    readiness: key === null ? null : readinessOf(document, key, now()),
    email: login?.identity.email ?? null,
    identity: login === null ? null : describeIdentity(login.identity),
    accountId: login?.accountId ?? null,
    expiresAt: expiry === null ? (typeof expires === "string" ? expires : null) : isoTime(expiry),
    expectEmail: expected.email,
    expectWorkspace: expected.workspace,
    homes: homesOf(document, label),
  }
}

function homesOf(document: Document, label: Label): string[] {
  return Object.values(document.targets).flatMap((block) =>
    Object.entries(asObject(asObject(block)?.sourceHomes) ?? {})
      .filter(([, entry]) => asObject(entry)?.label === label)
      .map(([dir]) => dir),
  )
}

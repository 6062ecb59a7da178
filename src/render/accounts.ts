import { blockedText } from "../domain/maintenance.ts"
import type { Readiness } from "../domain/readiness.ts"
import type { AccountView } from "../operations/accounts.ts"
import { hintLines } from "./findings.ts"
import { type Field, fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import type { Style } from "./layout/style.ts"
import { type Cell, table } from "./layout/table.ts"

/** `aim account list`: one line a label. */
export function accountLines(accounts: readonly AccountView[], frame: Frame): string[] {
  if (accounts.length === 0) return ["no labels yet", "", "hint: aim login <label>"]
  const columns = [
    { title: "label", shrinks: true },
    { title: "provider" },
    { title: "state" },
    { title: "account", shrinks: true },
  ]
  const rows = accounts.map((account): Cell[] => [
    account.label,
    account.provider,
    { text: stateOf(account), style: styleOf(account) },
    account.email ?? account.identity ?? account.expectEmail ?? "",
  ])
  return table(columns, rows, frame)
}

/** `aim account show`: what is known of one label, and the command that mends it. */
export function accountDetailLines(account: AccountView, frame: Frame): string[] {
  const rows: Field[] = [
    ["label", account.label],
    ["provider", account.provider],
    ["state", stateOf(account), styleOf(account)],
    ["reason", whyNot(account.readiness)],
    ["account", account.identity],
    ["account id", account.accountId],
    ["expected", expectedOf(account)],
    ["access until", account.expiresAt],
    ...account.homes.map((home): Field => ["home", home]),
  ]
  return [...fields(rows, frame), ...hintLines(account.readiness?.mend ?? null, frame)]
}

function expectedOf({ expectEmail, expectWorkspace }: AccountView): string | null {
  const workspace = expectWorkspace === null ? null : `workspace ${expectWorkspace}`
  return [expectEmail, workspace].filter((each) => each !== null).join(", ") || null
}

function stateOf({ enabled, readiness }: AccountView): string {
  const state = readiness === null ? "unknown" : wordsOf(readiness)
  return enabled ? state : `disabled, ${state}`
}

function wordsOf({ status, code }: Readiness): string {
  return status === code ? status : `${status} (${code})`
}

function styleOf({ enabled, readiness }: AccountView): Style {
  if (!enabled || readiness === null) return "dim"
  if (readiness.status === "ready") return "green"
  return readiness.status === "reauth" ? "yellow" : "red"
}

function whyNot(readiness: AccountView["readiness"]): string | null {
  return readiness === null || readiness.status === "ready" ? null : blockedText(readiness.reason)
}

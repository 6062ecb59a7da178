import type { Readiness } from "../domain/readiness.ts"
import type { AccountView } from "../operations/accounts.ts"
import type { Frame } from "./frame.ts"
import { plain } from "./plain.ts"
import type { Style } from "./style.ts"
import { type Cell, table } from "./table.ts"

/** `aim account list`: one line a label. */
export function accountLines(accounts: readonly AccountView[], frame: Frame): string[] {
  if (accounts.length === 0) return ["no labels yet", "", "hint: aim codex capture <label>"]
  const columns = [
    { title: "label" },
    { title: "provider" },
    { title: "state" },
    { title: "account", shrinks: true },
  ]
  const rows = accounts.map((account): Cell[] => [
    account.label,
    account.provider,
    { text: stateOf(account), style: styleOf(account) },
    account.identity ?? account.expectEmail ?? "",
  ])
  return table(columns, rows, frame)
}

/** `aim account show`: what is known of one label, and the command that mends it. */
export function accountDetailLines(account: AccountView): string[] {
  const rows: [string, string | null][] = [
    ["label", account.label],
    ["provider", account.provider],
    ["state", stateOf(account)],
    ["reason", account.readiness?.status === "ready" ? null : (account.readiness?.reason ?? null)],
    ["account", account.identity],
    ["account id", account.accountId],
    ["expected", expectedOf(account)],
    ["access until", account.expiresAt],
    ...account.homes.map((home): [string, string] => ["home", home]),
    ["mend", account.readiness?.mend ?? null],
  ]
  return rows.flatMap(([name, text]) =>
    text === null ? [] : [`${`${name}:`.padEnd(13)} ${plain(text)}`],
  )
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

import type { Account } from "./account.ts"
import type { Authorizations } from "./authorizations.ts"
import type { ClaudeAccount } from "./claude-account.ts"
import type { ClaudeLogins } from "./claude-logins.ts"
import type { Faults } from "./fault.ts"
import type { Logins } from "./logins.ts"
import type { LogEntry, RequestLog } from "./request-log.ts"

/** Anthropic's part of it. */
export type ClaudeWorld = {
  readonly accounts: Map<string, ClaudeAccount>
  readonly logins: ClaudeLogins
  /** Whose organisations a claude.ai session cookie shows. */
  readonly sessions: Map<string, readonly ClaudeAccount[]>
}

/** Everything the fake providers know. */
export type World = {
  readonly accounts: Map<string, Account>
  readonly logins: Logins
  readonly claude: ClaudeWorld
  readonly authorizations: Authorizations
  /** `http(s)://127.0.0.1:<port>`. */
  readonly url: () => string
  readonly faults: Faults
  readonly log: RequestLog
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** One request, read whole; the entry is filled in as its meaning becomes known. */
export type Exchange = {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  /** The body as text, zstd undone. */
  readonly body: string
  readonly entry: LogEntry
}

export function accountNamed(world: World, name: string): Account {
  return named(world.accounts, name)
}

export function claudeAccountNamed(world: World, name: string): ClaudeAccount {
  return named(world.claude.accounts, name)
}

function named<T>(accounts: ReadonlyMap<string, T>, name: string): T {
  const account = accounts.get(name)
  if (account !== undefined) return account
  throw new RangeError(`the simulator has no account ${name}; it has ${[...accounts.keys()]}`)
}

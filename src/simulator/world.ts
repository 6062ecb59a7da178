import type { Account } from "./account.ts"
import type { Authorizations } from "./authorizations.ts"
import type { Faults } from "./fault.ts"
import type { Logins } from "./logins.ts"
import type { LogEntry, RequestLog } from "./request-log.ts"

/** Everything the fake provider knows. */
export type World = {
  readonly accounts: Map<string, Account>
  readonly logins: Logins
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
  const account = world.accounts.get(name)
  if (account === undefined) {
    throw new RangeError(
      `the simulator has no account ${name}; it has ${[...world.accounts.keys()]}`,
    )
  }
  return account
}

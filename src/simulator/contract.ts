import type { Account, AccountOptions, UsageChange } from "./account.ts"
import type { AuthJson } from "./auth-json.ts"
import type { ClaudeAccountOptions } from "./claude-account.ts"
import type { ClaudeSimulator } from "./claude-contract.ts"
import type { Fault } from "./fault.ts"
import type { Login } from "./logins.ts"
import type { LogEntry } from "./request-log.ts"

export type SimulatorOptions = {
  accounts?: readonly AccountOptions[]
  /** Names are of one space: none may stand in both lists. */
  claudeAccounts?: readonly ClaudeAccountOptions[]
  /** 0 or absent: any free port of 127.0.0.1. */
  port?: number
  tls?: { cert: string; key: string }
  /** Posting a spent refresh token kills its whole family, as OpenAI may. Default: no. */
  reuseRevokesFamily?: boolean
  /** Epoch milliseconds; the machine's clock by default. */
  clock?: () => number
}

export type Simulator = {
  /** `http(s)://127.0.0.1:<port>`; every Anthropic service stands here too. */
  url: string
  /** For AIM_OPENAI_AUTH_URL, and the issuer that Codex refreshes at. */
  authUrl: string
  /** For AIM_CHATGPT_URL and Codex's `chatgpt_base_url`. */
  chatgptUrl: string
  claude: ClaudeSimulator
  accounts: () => Account[]
  addAccount: (options: AccountOptions) => Account
  /** Hands out a new, live login; an `expiresInSeconds` below zero is an expired access token. */
  mintLogin: (account: string, options?: { expiresInSeconds?: number }) => Login
  /** The `auth.json` that Codex's own login would write for it. */
  authJson: (login: Login, options?: { lastRefresh?: number; openaiApiKey?: string }) => AuthJson
  setUsage: (account: string, change: UsageChange) => Account
  addFault: (fault: Fault) => number
  removeFault: (id: number) => void
  clearFaults: () => void
  /** Lets the replies go that a `hold` keeps back. */
  release: () => void
  /** The account's present access (or refresh) tokens are expired from now on. */
  expire: (account: string, tokens: "access" | "refresh") => void
  /** Every present login of the account is dead. */
  revoke: (account: string) => void
  /** The account's refresh tokens that would be taken now, oldest first: one a login. */
  liveRefreshTokens: (account: string) => string[]
  /** Remembers what every token is good for now; the function that it gives brings that back. */
  rememberTokens: () => () => void
  /** Who sits at the browser that opens the login page; null: nobody. */
  signIn: (account: string | null) => void
  /** Somebody types a device code as this account; false for a code that nobody was given. */
  allowDevice: (userCode: string, account: string) => boolean
  /** From now on every device code is typed at once as this account; null: by nobody. */
  typeDevices: (account: string | null) => void
  log: () => readonly LogEntry[]
  /** The first request, past or coming, that passes; its reply may still be pending. */
  arrived: (test: (entry: LogEntry) => boolean) => Promise<LogEntry>
  /** Cuts what is open and frees the port. */
  stop: () => Promise<void>
}

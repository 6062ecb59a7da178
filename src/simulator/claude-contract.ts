import type { ClaudeAccount, ClaudeAccountOptions } from "./claude-account.ts"
import type { ClaudeFiles } from "./claude-files.ts"
import type { ClaudeLogin, ClaudeMint } from "./claude-logins.ts"
import type { ClaudeUsageChange } from "./claude-usage.ts"

/** The fake Anthropic; it stands at the same port as the fake OpenAI. */
export type ClaudeSimulator = {
  accounts: () => ClaudeAccount[]
  addAccount: (options: ClaudeAccountOptions) => ClaudeAccount
  account: (name: string) => ClaudeAccount
  /** Hands out a new, live login; an `expiresInSeconds` below zero is an expired access token. */
  mintLogin: (account: string, options?: ClaudeMint) => ClaudeLogin
  /** What Claude Code's own login would keep of it in its two files. */
  files: (login: ClaudeLogin) => ClaudeFiles
  setUsage: (account: string, change: ClaudeUsageChange) => ClaudeAccount
  /** A new claude.ai session cookie value that shows these accounts' organisations, in order. */
  webSession: (...accounts: string[]) => string
  /** The code that a person gets who allows a login that asks with this PKCE challenge (S256). */
  grantCode: (account: string, asked: { challenge: string; redirectUri: string }) => string
}

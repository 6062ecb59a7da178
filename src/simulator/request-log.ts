import { sha256 } from "../system/hash.ts"

/** What the simulator took a request for. */
export type RequestKind =
  | "token_refresh"
  | "token_code"
  | "token_other"
  | "revoke"
  | "authorize"
  | "device"
  | "usage"
  | "web_usage"
  | "organizations"
  | "profile"
  | "mcp_servers"
  | "accounts_check"
  | "reset_credits"
  | "models"
  | "turn"
  | "upgrade"
  | "other"

/** One request, in the order of arrival. It never holds a token, only hashes. */
export type LogEntry = {
  /** 1 for the first request. */
  readonly n: number
  /** Epoch milliseconds of arrival. */
  readonly at: number
  readonly method: string
  /** Without the query, which may carry secrets. */
  readonly path: string
  kind: RequestKind
  /** The account meant: of the refresh token posted, of the bearer, else of the account header. */
  account: string | null
  /** The account that the bearer belongs to. */
  bearerAccount: string | null
  /** The `ChatGPT-Account-Id` header as it came. */
  readonly accountHeader: string | null
  readonly userAgent: string | null
  /** SHA-256 of the bearer, or null without an Authorization header. */
  readonly bearerHash: string | null
  /** SHA-256 of the refresh token in the body. */
  refreshTokenHash: string | null
  /** Codex's own word: `proactive_expiry` or `unauthorized_recovery`. */
  refreshReason: string | null
  /** 0 until it is answered, and when the connection was cut before the reply. */
  status: number
  /** What it came to: `ok`, `refreshed`, `refresh_token_reused`, `usage_limit_reached` … */
  outcome: string
  /** Kinds of the faults that acted on it. */
  faults: string[]
  ended: "pending" | "answered" | "cut" | "client_gone"
}

export type RequestLog = ReturnType<typeof createRequestLog>

/** The judge of race tests: every request in order, and a way to wait for one. */
export function createRequestLog() {
  const entries: LogEntry[] = []
  const announced: LogEntry[] = []
  const waiting = new Set<(entry: LogEntry) => void>()
  return {
    entries: entries as readonly LogEntry[],

    add(seen: Omit<LogEntry, "n">): LogEntry {
      const entry = { n: entries.length + 1, ...seen }
      entries.push(entry)
      return entry
    },

    /** Tells those who wait, once it is known what the request is. */
    announce(entry: LogEntry): void {
      announced.push(entry)
      for (const tell of waiting) tell(entry)
    },

    /**
     * The first request that passes `test`, now or when it arrives: it is known what it is, and
     * which faults act on it; its reply may be pending.
     */
    arrived(test: (entry: LogEntry) => boolean): Promise<LogEntry> {
      const before = announced.find(test)
      if (before !== undefined) return Promise.resolve(before)
      return new Promise((resolve) => {
        const tell = (entry: LogEntry) => {
          if (!test(entry)) return
          waiting.delete(tell)
          resolve(entry)
        }
        waiting.add(tell)
      })
    },
  }
}

/** How often each refresh token was posted, by its hash: law 2 says once. */
export function postsPerRefreshToken(entries: readonly LogEntry[]): Map<string, number> {
  const posts = new Map<string, number>()
  for (const { refreshTokenHash, kind } of entries) {
    if (refreshTokenHash === null || kind !== "token_refresh") continue
    posts.set(refreshTokenHash, (posts.get(refreshTokenHash) ?? 0) + 1)
  }
  return posts
}

/** How often this one refresh token was posted. */
export function postsOf(entries: readonly LogEntry[], refreshToken: string): number {
  return postsPerRefreshToken(entries).get(sha256(refreshToken)) ?? 0
}

/** The posts of tokens that were already spent: a race lost. */
export function reuses(entries: readonly LogEntry[]): LogEntry[] {
  return entries.filter((entry) => entry.outcome === "refresh_token_reused")
}

import type { CommandRow, GroupRow } from "./row.ts"

/** What one aim calls on another over ssh; no help page and no completion names it. */
export const INTERNAL_GROUP: GroupRow = {
  path: "internal",
  summary: "what one aim calls on another; nothing to type",
  example: "aim internal export --provider anthropic | wc -c",
}

export const INTERNAL: readonly CommandRow[] = [
  {
    path: "internal export",
    summary: "print one provider's labels and logins, into a pipe",
    load: () => import("../commands/internal-export.ts"),
  },
  {
    path: "internal apply-codex-promotion",
    summary: "take over the Codex logins that come in by stdin",
    load: () => import("../commands/internal-apply-codex-promotion.ts"),
  },
  {
    path: "internal apply-claude-promotion",
    summary: "take over the Claude logins that come in by stdin",
    load: () => import("../commands/internal-apply-claude-promotion.ts"),
  },
  {
    path: "internal refresh",
    summary: "renew a login for a consumer, and print it into a pipe",
    load: () => import("../commands/internal-refresh.ts"),
  },
]

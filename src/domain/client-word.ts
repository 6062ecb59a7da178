import type { ProviderId } from "./provider-id.ts"

/** What people call a provider's pool, after its client: as in `aim sync codex`, in tables, hints. */
export const CLIENT_WORD = {
  "openai-codex": "codex",
  anthropic: "claude",
} as const satisfies Record<ProviderId, string>

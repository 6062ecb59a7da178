import type { ProviderId } from "../../domain/provider-id.ts"

/** What people call a provider's pool after its client, as `aim sync` and `aim promote` do. */
export const CLIENT_WORD = {
  "openai-codex": "codex",
  anthropic: "claude",
} as const satisfies Record<ProviderId, string>

/** The issuers whose accounts aim knows. */
export const PROVIDER_IDS = ["openai-codex", "anthropic"] as const
export type ProviderId = (typeof PROVIDER_IDS)[number]

/** `openai_codex` and `OpenAI-Codex` become `openai-codex`; null for an issuer aim does not know. */
export function asProviderId(text: unknown): ProviderId | null {
  if (typeof text !== "string") return null
  const id = text.trim().toLowerCase().replaceAll("_", "-")
  return PROVIDER_IDS.find((known) => known === id) ?? null
}

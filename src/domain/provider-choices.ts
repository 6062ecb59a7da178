import type { ProviderId } from "./provider-id.ts"

/** The words for a provider that people answer with; nothing at all is the first. */
const WORDS: ReadonlyMap<string, ProviderId> = new Map([
  ["openai-codex", "openai-codex"],
  ["codex", "openai-codex"],
  ["1", "openai-codex"],
  ["", "openai-codex"],
  ["anthropic", "anthropic"],
  ["claude", "anthropic"],
  ["2", "anthropic"],
])

export const PROVIDER_CHOICES = "openai-codex (or codex), anthropic (or claude)"

/** The provider that an answer means, or null. */
export function providerMeant(answer: string): ProviderId | null {
  return WORDS.get(answer.trim().toLowerCase()) ?? null
}

const WORDS: Readonly<Record<string, string>> = { "openai-codex": "codex", anthropic: "claude" }

/** A provider as tables call it: by the client that its labels are for. */
export function providerWord(provider: string): string {
  return WORDS[provider] ?? provider
}

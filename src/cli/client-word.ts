import { CLIENT_WORD } from "../domain/client-word.ts"
import { PROVIDER_IDS, type ProviderId } from "../domain/provider-id.ts"
import { quoteWord } from "../render/layout/quote.ts"
import { failUsage } from "../system/errors.ts"

/** The words for the pools that are shared between machines. */
export const CLIENTS = "codex|claude"

/** The provider that such a word means; stops with exit 2 for any other. */
export function providerOfClient(word: string): ProviderId {
  return (
    PROVIDER_IDS.find((id) => CLIENT_WORD[id] === word) ??
    failUsage(
      "unknown_client",
      `\`${quoteWord(word)}\` is none of codex and claude, whose labels are shared between machines`,
      "say codex or claude",
    )
  )
}

/** Stops (exit 2): a client and `--all` exclude each other, and one of them is needed. */
export function failScope(all: boolean): never {
  return failUsage(
    all ? "conflicting_flags" : "missing_argument",
    all ? "`--all` takes neither a client nor `--from`" : "say codex or claude, or `--all`",
    "aim sync --all",
  )
}

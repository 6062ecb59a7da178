import { refreshAnswerDocument } from "../../domain/authority/refresh.ts"
import { parseLabel } from "../../domain/label.ts"
import { asProviderId } from "../../domain/provider-id.ts"
import { withPool } from "../../pool/pool.ts"
import { refreshForConsumer } from "../../pool/refresh-for-consumer.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { refuseTerminal, streamOf } from "../pipe-only.ts"

export default defineAimCommand({
  meta: {
    example: "aim internal refresh anthropic boss | wc -c",
    details: [
      "What a consumer's aim calls on its authority over ssh: renews a login that both hold, under the",
      "authority's own lease, and prints the label's newest one. Into a pipe only.",
    ],
    mutates: true,
  },
  args: {
    provider: { type: "positional", required: true, description: "openai-codex or anthropic" },
    label: { type: "positional", required: true, description: "whose login" },
    known: {
      type: "string",
      valueHint: "sha256",
      description: "the refresh token that the consumer has, by its SHA-256",
    },
    via: {
      type: "string",
      valueHint: "names",
      description: "the states that have asked each other so far",
    },
  },
  run: async ({ homes }, { provider: typed, label: word, known, via = "" }) => {
    refuseTerminal()
    const provider = asProviderId(typed)
    if (provider === null)
      return failUsage("unknown_provider", "this is no provider", "openai-codex or anthropic")
    const key = { provider, label: parseLabel(word) }
    const asked = via.split(",").filter((name) => name !== "")
    const answer = await withPool(homes, (pool) =>
      refreshForConsumer(pool, key, known ?? null, asked),
    )
    return streamOf(refreshAnswerDocument(key, answer))
  },
})

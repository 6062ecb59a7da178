import { PROVIDER_IDS } from "../../domain/provider-id.ts"
import { addAccount } from "../../operations/accounts.ts"
import { withPool } from "../../pool/pool.ts"
import { accountDetailLines } from "../../render/accounts.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim account add lessons --provider openai-codex",
    details: ["A label that already has a login somewhere is made by `aim codex capture`."],
    mutates: true,
  },
  args: {
    label: { type: "positional", required: true, description: "the new label" },
    provider: {
      type: "enum",
      options: [...PROVIDER_IDS],
      default: "openai-codex",
      description: "who issues the account",
    },
  },
  run: ({ homes, render }, { label, provider }) =>
    withPool(homes, async (pool) => {
      const account = await addAccount(pool, label, provider)
      return { text: accountDetailLines(account, render), json: { ok: true, account }, exit: 0 }
    }),
})

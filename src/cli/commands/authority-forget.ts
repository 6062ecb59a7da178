import { forgetAuthority } from "../../operations/authority-forget.ts"
import { withPool } from "../../pool/pool.ts"
import { forgottenLines } from "../../render/authority.ts"
import { CLIENTS, providerOfClient } from "../client-word.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim authority forget codex",
    details: [
      "The labels stay, with their logins, as labels of this machine. The authority keeps its own.",
    ],
    mutates: true,
  },
  args: {
    client: {
      type: "positional",
      valueHint: CLIENTS,
      required: true,
      description: "codex or claude",
    },
  },
  run: ({ homes, render }, { client }) =>
    withPool(homes, async (pool) => {
      const forgotten = await forgetAuthority(pool, providerOfClient(client))
      return { text: forgottenLines(forgotten, render), json: { ok: true, forgotten }, exit: 0 }
    }),
})

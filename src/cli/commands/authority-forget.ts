import { forgetAuthority } from "../../operations/authority-forget.ts"
import { withPool } from "../../pool/pool.ts"
import { forgottenLines } from "../../render/authority.ts"
import { providerOfClient } from "../client-word.ts"
import { defineAimCommand } from "../command.ts"
import { CLIENT } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim authority forget codex",
    details: [
      "The labels stay, with their logins, as labels of this machine. The authority keeps its own.",
    ],
    mutates: true,
  },
  args: CLIENT,
  run: ({ homes, render }, { client }) =>
    withPool(homes, async (pool) => {
      const forgotten = await forgetAuthority(pool, providerOfClient(client))
      return { text: forgottenLines(forgotten, render), json: { ok: true, forgotten }, exit: 0 }
    }),
})

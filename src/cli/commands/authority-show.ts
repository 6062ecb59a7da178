import { showAuthorities } from "../../operations/authority-show.ts"
import { withPool } from "../../pool/pool.ts"
import { authorityNowDocument, authorityNowLines } from "../../render/authority.ts"
import { now } from "../../system/clock.ts"
import { CLIENTS, providerOfClient } from "../client-word.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim authority show codex",
    details: [
      "Asks the authority that the labels came from what it has now, and shows what the next sync",
      "would do with each label. Nothing is changed, here or there.",
    ],
  },
  args: {
    client: {
      type: "positional",
      valueHint: CLIENTS,
      required: false,
      description: "codex or claude; else both",
    },
  },
  run: ({ homes, render }, { client }) =>
    withPool(homes, async (pool) => {
      const provider = client === undefined ? null : providerOfClient(client)
      const views = await showAuthorities(pool, provider)
      const exit = views.every(({ error }) => error === null) ? 0 : 1
      const text = authorityNowLines(views, now(), render)
      return { text, json: authorityNowDocument(views), exit }
    }),
})

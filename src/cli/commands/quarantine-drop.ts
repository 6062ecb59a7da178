import { dropEntry } from "../../operations/quarantine.ts"
import { withPool } from "../../pool/pool.ts"
import { droppedLines } from "../../render/quarantine.ts"
import { defineAimCommand } from "../command.ts"
import { ENTRY, YES } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim quarantine drop 3f9c --yes",
    details: [
      "A dropped login stands in the backup of the state file alone; aim itself never drops one.",
    ],
    mutates: true,
  },
  args: {
    ...ENTRY,
    ...YES,
  },
  run: ({ homes, conversation }, { id, yes }) =>
    withPool(homes, async (pool) => {
      const dropped = await dropEntry(pool, id, yes ?? false, conversation)
      return { text: droppedLines(dropped), json: { ok: true, dropped }, exit: 0 }
    }),
})

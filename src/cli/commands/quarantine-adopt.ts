import { adoptEntry } from "../../operations/quarantine.ts"
import { withPool } from "../../pool/pool.ts"
import { adoptedLines } from "../../render/quarantine.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim quarantine adopt 3f9c boss",
    details: ["The login that the label has now goes into quarantine in its place."],
    mutates: true,
  },
  args: {
    id: { type: "positional", required: true, description: "the id that `list` shows" },
    label: { type: "positional", required: true, description: "the label, new or existing" },
  },
  run: ({ homes, render }, { id, label }) =>
    withPool(homes, async (pool) => {
      const adopted = await adoptEntry(pool, id, label)
      return { text: adoptedLines(adopted, render), json: { ok: true, ...adopted }, exit: 0 }
    }),
})

import { adoptEntry } from "../../operations/quarantine.ts"
import { withPool } from "../../pool/pool.ts"
import { adoptedLines } from "../../render/quarantine.ts"
import { defineAimCommand } from "../command.ts"
import { ANY_LABEL, ENTRY } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim quarantine adopt 3f9c boss",
    details: ["The login that the label has now goes into quarantine in its place."],
    mutates: true,
  },
  args: {
    ...ENTRY,
    ...ANY_LABEL,
  },
  run: ({ homes, render }, { id, label }) =>
    withPool(homes, async (pool) => {
      const adopted = await adoptEntry(pool, id, label)
      return { text: adoptedLines(adopted, render), json: { ok: true, ...adopted }, exit: 0 }
    }),
})

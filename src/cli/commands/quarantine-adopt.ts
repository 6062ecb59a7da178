import { adoptEntry } from "../../operations/quarantine.ts"
import { withPool } from "../../pool/pool.ts"
import { adoptedLines } from "../../render/quarantine.ts"
import { defineAimCommand } from "../command.ts"
import { ENTRY } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim quarantine adopt 3f9c boss",
    details: ["The login that the label has now goes into quarantine in its place."],
    mutates: true,
  },
  args: {
    ...ENTRY,
    label: {
      type: "positional",
      valueHint: "label",
      required: true,
      description: "the label, new or existing",
    },
  },
  run: ({ homes, render }, { id, label }) =>
    withPool(homes, async (pool) => {
      const adopted = await adoptEntry(pool, id, label)
      return { text: adoptedLines(adopted, render), json: { ok: true, ...adopted }, exit: 0 }
    }),
})

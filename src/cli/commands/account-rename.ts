import { renameAccount } from "../../operations/rename-account.ts"
import { withPool } from "../../pool/pool.ts"
import { renamingLines } from "../../render/label-changes.ts"
import { defineAimCommand } from "../command.ts"
import { YES } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim account rename qa tests --yes",
    details: ["Says what it touches and asks first; a backup of the state file stays."],
    mutates: true,
  },
  args: {
    label: {
      type: "positional",
      valueHint: "label",
      required: true,
      description: "the label as it is called now",
    },
    name: { type: "positional", required: true, description: "its new name" },
    ...YES,
  },
  run: ({ homes, conversation }, { label, name, yes }) =>
    withPool(homes, async (pool) => {
      const renamed = await renameAccount(pool, label, name, yes === true, conversation)
      return { text: renamingLines(renamed), json: { ok: true, ...renamed }, exit: 0 }
    }),
})

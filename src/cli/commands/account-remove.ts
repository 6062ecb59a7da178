import { removeAccount } from "../../operations/remove-account.ts"
import { withPool } from "../../pool/pool.ts"
import { removalLines } from "../../render/label-changes.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL, YES } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim account remove qa --yes",
    details: ["Says what it touches and asks first; a backup of the state file stays."],
    mutates: true,
  },
  args: { ...LABEL, ...YES },
  run: ({ homes, conversation }, { label, yes }) =>
    withPool(homes, async (pool) => {
      const removed = await removeAccount(pool, label, yes === true, conversation)
      return { text: removalLines(removed), json: { ok: true, ...removed }, exit: 0 }
    }),
})

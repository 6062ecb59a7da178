import { setEnabled } from "../../operations/accounts.ts"
import { withPool } from "../../pool/pool.ts"
import { accountDetailLines } from "../../render/accounts.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim account disable qa",
    details: ["Its login is kept and its stores stay up to date; it is only never chosen."],
    mutates: true,
  },
  args: LABEL,
  run: ({ homes, render }, { label }) =>
    withPool(homes, async (pool) => {
      const account = await setEnabled(pool, label, false)
      return { text: accountDetailLines(account, render), json: { ok: true, account }, exit: 0 }
    }),
})

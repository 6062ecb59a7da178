import { setEnabled } from "../../operations/accounts.ts"
import { withPool } from "../../pool/pool.ts"
import { accountDetailLines } from "../../render/accounts.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: { example: "aim account enable qa", mutates: true },
  args: LABEL,
  run: ({ homes, render }, { label }) =>
    withPool(homes, async (pool) => {
      const account = await setEnabled(pool, label, true)
      return { text: accountDetailLines(account, render), json: { ok: true, account }, exit: 0 }
    }),
})

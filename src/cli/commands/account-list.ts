import { listAccounts } from "../../operations/accounts.ts"
import { withPool } from "../../pool/pool.ts"
import { accountLines } from "../../render/accounts.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: { example: "aim account list --json" },
  args: {},
  run: ({ homes, render }) =>
    withPool(homes, async (pool) => {
      const accounts = await listAccounts(pool)
      return { text: accountLines(accounts, render), json: { ok: true, accounts }, exit: 0 }
    }),
})

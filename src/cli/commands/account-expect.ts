import { expectLogin } from "../../operations/expect-account.ts"
import { withPool } from "../../pool/pool.ts"
import { accountDetailLines } from "../../render/accounts.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim account expect boss --email boss@example.com",
    details: [
      "A login that is proven to be another's is then refused or put into quarantine. A label whose",
      "stored login is another's reads `blocked` (conflict) until the right one is captured.",
    ],
    mutates: true,
  },
  args: {
    ...LABEL,
    email: { type: "string", valueHint: "address", description: "the e-mail it must have" },
    workspace: { type: "string", valueHint: "id", description: "the workspace it must be of" },
    clear: { type: "boolean", description: "expect nothing any more" },
  },
  run: ({ homes, render }, { label, email, workspace, clear }) =>
    withPool(homes, async (pool) => {
      const named = email !== undefined || workspace !== undefined
      if (clear && named)
        failUsage(
          "conflicting_flags",
          "`--clear` and what is to be expected exclude each other",
          "choose one",
        )
      if (!clear && !named)
        failUsage("missing_flag", "say what to expect", "`--email`, `--workspace`, or `--clear`")
      const account = await expectLogin(pool, label, {
        ...(email === undefined ? {} : { email }),
        ...(workspace === undefined ? {} : { workspace }),
        ...(clear ? { email: null, workspace: null } : {}),
      })
      return { text: accountDetailLines(account, render), json: { ok: true, account }, exit: 0 }
    }),
})

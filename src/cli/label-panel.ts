import { asLabel } from "../domain/label.ts"
import { viewLabel } from "../operations/label-view.ts"
import { addressed } from "../panel/addressed.ts"
import { makeLabel } from "../panel/new-label.ts"
import { prompterAt } from "../panel/prompter-at.ts"
import { runPanel } from "../panel/run-panel.ts"
import { withPool } from "../pool/pool.ts"
import { defineAimCommand } from "./command.ts"
import { failUnknownCommand } from "./find-command.ts"
import { loginConversation } from "./login-conversation.ts"
import { nearestCommand } from "./nearest.ts"
import { passphraseBy } from "./passphrase.ts"
import { LABEL } from "./shared-args.ts"

/** `aim <label>` where a person sits: it stands in no table, since no word leads to it. */
export const PANEL = defineAimCommand({
  meta: { example: "aim login boss" },
  args: LABEL,
  run: async (context, { label: typed }) => {
    const { homes, render, address, conversation } = context
    const prompter = addressed(prompterAt(render), address)
    const talk = await loginConversation(conversation, render)
    const passphrase = passphraseBy(context)
    const panel = { homes, prompter, talk, passphrase, frame: render }
    const label = asLabel(typed) ?? typed
    const known = await withPool(homes, (pool) => viewLabel(pool, label))
    if (known === null && !(await makeLabel(panel, label, nearestCommand(label) ?? null)))
      failUnknownCommand("", typed)
    await runPanel(panel, label)
    return { text: [], json: { ok: true }, exit: 0 }
  },
})

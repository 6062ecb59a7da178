import type { Label } from "../domain/label.ts"
import { PROVIDER_CHOICES, providerMeant } from "../domain/provider-choices.ts"
import { addAccount } from "../operations/accounts.ts"
import { withPool } from "../pool/pool.ts"
import type { Panel } from "./panel.ts"
import { GAP } from "./sub-menu.ts"

/**
 * Makes the label that the panel is to open, once the person has said that there is to be one, and
 * whose login it will have. False where the answer was no: then nothing was written.
 */
export async function makeLabel(
  { homes, prompter }: Panel,
  label: Label,
  nearest: string | null,
): Promise<boolean> {
  const meant = nearest === null ? [] : [`The nearest command is \`aim ${nearest}\`.`]
  prompter.say([`There is no command and no label \`${label}\`.`, ...meant])
  if (!(await prompter.confirm(`Make a new label \`${label}\`?`))) return false
  prompter.say([`Whose login will ${label} have?`, "  1 openai-codex", "  2 anthropic"])
  const answer = await prompter.ask("Provider (empty: 1):", (typed) =>
    providerMeant(typed) === null ? `that is none of: ${PROVIDER_CHOICES}` : null,
  )
  const provider = answer === null ? null : providerMeant(answer)
  if (provider === null) return false
  await withPool(homes, (pool) => addAccount(pool, label, provider))
  prompter.say(GAP)
  return true
}

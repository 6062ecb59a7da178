import { parseNewLabel } from "../../domain/label.ts"
import { renameAccount } from "../../operations/rename-account.ts"
import { withPool } from "../../pool/pool.ts"
import { renamingLines } from "../../render/label-changes.ts"
import type { Action } from "../action.ts"
import { refusal } from "../refusal.ts"

/** Asks for a new name, shows what it touches and asks again; the panel goes on under that name. */
export const rename: Action = async ({ homes, prompter, talk }, { label }) => {
  const name = await prompter.ask(`The new name of ${label}:`, (answer) =>
    refusal(() => parseNewLabel(answer)),
  )
  if (name === null) return label
  const asking = {
    ...talk,
    tell: (line: string) => prompter.say([line]),
    confirm: (question: string) => prompter.confirm(question),
  }
  const renamed = await withPool(homes, (pool) => renameAccount(pool, label, name, false, asking))
  prompter.say(renamingLines(renamed))
  return renamed.label
}

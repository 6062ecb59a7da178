import { asObject } from "../domain/document.ts"
import { asLabel, isReserved } from "../domain/label.ts"
import { AimError, failUsage } from "../system/errors.ts"
import { homesOf } from "./context.ts"

/**
 * A first word that is no command may be a label with too much behind it: then the answer names
 * what can be done with it. Returns when there is no such label; a state file that can't be read stops
 * it by its own name, since then nobody can tell.
 */
export async function failIfLabel(
  flags: ReadonlyMap<string, string | true>,
  word: string,
): Promise<void> {
  const label = asLabel(word)
  if (label === null || !(await isLabel(flags, label))) return
  const hint = `\`aim login ${label}\` logs it in, \`aim account show ${label}\` shows it`
  if (isReserved(label))
    failUsage("label_needs_login", `the label \`${label}\` bears a name of aim's own`, hint)
  failUsage("label_stands_alone", `\`${label}\` is a label, and takes no further words`, hint)
}

/** Whether the vault has such a label. A state file that can't be read stops it. */
export async function isLabel(
  flags: ReadonlyMap<string, string | true>,
  label: string,
): Promise<boolean> {
  const { openVault } = await import("../vault/open.ts")
  const { document } = await (await openVault(homesOf(flags).stateFile)).read()
  return Object.hasOwn(document.accounts, label) && asObject(document.accounts[label]) !== null
}

/** Is the word a label, for an answer that does not hang on it? False where the state can't be read. */
export async function isReadableLabel(
  flags: ReadonlyMap<string, string | true>,
  label: string,
): Promise<boolean> {
  try {
    return await isLabel(flags, label)
  } catch (error) {
    if (error instanceof AimError) return false
    throw error
  }
}

import { quoteWord } from "../render/layout/quote.ts"
import { fail, failUsage } from "../system/errors.ts"
import type { AimCommand } from "./command.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"
import { readFlags } from "./read-flags.ts"

/** A checked call: the global flags, and the rest in the one form that citty reads rightly. */
export type Call = { flags: ReadonlyMap<string, string | true>; rawArgs: string[] }

/**
 * Checks a command's words against its declaration before citty sees them, since citty 0.2.2
 * takes unknown flags, words too many, missing values and repeated flags without a word. Stops
 * with exit 2. `after` are the words behind a bare `--`: never flags.
 */
export function fence(
  path: string,
  command: AimCommand,
  tokens: readonly string[],
  after: readonly string[],
): Call {
  const { flags, words } = readFlags(path, tokens, { ...GLOBAL_FLAGS, ...command.args })
  const operands = [...words, ...after]
  checkOperands(path, command, operands)
  const own = [...flags].filter(([name]) => Object.hasOwn(command.args, name))
  const rawFlags = own.map(([name, value]) =>
    value === true ? `--${unnegated(name)}` : `--${name}=${value}`,
  )
  return { flags, rawArgs: [...rawFlags, "--", ...operands] }
}

/** To citty `--no-open` is an `open` that is off; by its other spelling it is a flag of its own. */
function unnegated(name: string): string {
  if (!name.startsWith("no-")) return name
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
}

function checkOperands(path: string, command: AimCommand, operands: readonly string[]): void {
  const declared = Object.entries(command.args).filter(([, arg]) => arg.type === "positional")
  const required = declared.filter(([, arg]) => arg.required !== false).map(([name]) => name)
  const missing = required[operands.length]
  const help = `\`aim help ${path}\` shows how it is used`
  if (missing !== undefined)
    failUsage("missing_argument", `\`aim ${path}\` needs a <${missing}>`, help)
  const empty = operands.findIndex((word) => word.trim() === "")
  if (empty >= 0) failUsage("empty_argument", `\`aim ${path}\` was given an empty word`, help)
  const extra = operands[declared.length]
  const problem = command.meta.extraWord
  if (extra === undefined || problem === "many") return
  if (problem !== undefined) fail(problem.code, problem.message, problem.hint, 2)
  failUsage("unexpected_argument", `\`aim ${path}\` takes no \`${quoteWord(extra)}\``, help)
}

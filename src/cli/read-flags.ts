import type { ArgsDef } from "citty"
import { quoteWord } from "../render/layout/quote.ts"
import { failUsage } from "../system/errors.ts"
import { cutFlag, type Flag, flagNamed, flagNames, looksLikeFlag } from "./flags.ts"
import { nearestFlag } from "./nearest.ts"

/** A command's words, read strictly: each flag at most once, each value in its place. */
export type Read = { flags: ReadonlyMap<string, string | true>; words: readonly string[] }

/** Reads what follows the command's name; `path` is for the messages. Stops with exit 2. */
export function readFlags(path: string, tokens: readonly string[], args: ArgsDef): Read {
  const flags = new Map<string, string | true>()
  const words: string[] = []
  const help = `\`${helpCommand(path)}\` shows how it is used`
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ""
    if (!looksLikeFlag(token)) {
      words.push(token)
      continue
    }
    const { name, value } = cutFlag(token)
    const flag = flagNamed(args, name) ?? failUnknownFlag(path, name, args)
    if (flags.has(flag.name)) failUsage("repeated_flag", `\`--${flag.name}\` stands twice`, help)
    if (!flag.takesValue && value !== null)
      failUsage("unexpected_value", `\`--${flag.name}\` takes no value`, help)
    const next = tokens[at + 1]
    const follows = flag.takesValue && value === null && next !== undefined && !looksLikeFlag(next)
    if (follows) at++
    flags.set(
      flag.name,
      flag.takesValue ? checked(flag, value ?? (follows ? next : ""), help) : true,
    )
  }
  return { flags, words }
}

function checked(flag: Flag, value: string, help: string): string {
  if (value === "") failUsage("missing_value", `\`--${flag.name}\` needs a value`, help)
  if (flag.options === undefined || flag.options.includes(value)) return value
  const choices = flag.options.join(", ")
  return failUsage("invalid_value", `\`--${flag.name}\` is one of: ${choices}`, help)
}

/** Stops with the flag that was probably meant; what follows a `=` is not repeated. */
function failUnknownFlag(path: string, name: string, args: ArgsDef): never {
  const command = path === "" ? "aim" : `aim ${path}`
  const meant = nearestFlag(name, flagNames(args))
  const help = helpCommand(path)
  return failUsage(
    "unknown_flag",
    `\`${command}\` has no flag \`${quoteWord(name)}\``,
    meant === undefined ? `\`${help}\` lists its flags` : `did you mean \`${meant}\`?`,
  )
}

function helpCommand(path: string): string {
  return path === "" ? "aim --help" : `aim help ${path}`
}

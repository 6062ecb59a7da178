import type { ArgDef, ArgsDef } from "citty"
import type { CommandRow } from "./table/row.ts"
import { COMMANDS } from "./table/table.ts"

/** A name and what is said of it, as a section of a help page lists them. */
export type HelpRow = [name: string, text: string]

/** The commands below some words, in the order of the table. */
export function commandRows(path: string): HelpRow[] {
  return COMMANDS.filter((row) => row.path.startsWith(`${path} `)).map(commandRow)
}

export function commandRow({ path, summary }: CommandRow): HelpRow {
  return [path, summary]
}

/** The flags among a command's arguments. */
export function flagRows(args: ArgsDef): HelpRow[] {
  return Object.entries(args)
    .filter(([, arg]) => arg.type !== "positional")
    .map(([name, arg]) => [flagTitle(name, arg), arg.description ?? ""])
}

function flagTitle(name: string, arg: ArgDef): string {
  const alias = "alias" in arg && arg.alias ? `-${[arg.alias].flat().join(", -")}, ` : ""
  if (arg.type === "enum") return `${alias}--${name} <${arg.options?.join("|") ?? name}>`
  return `${alias}--${name}${arg.type === "string" ? ` <${arg.valueHint ?? name}>` : ""}`
}

import type { ArgDef, ArgsDef } from "citty"
import type { HelpPage } from "../render/help.ts"
import { VERSION } from "../system/version.ts"
import { GLOBAL_FLAGS, ROOT_FLAGS } from "./global-flags.ts"
import { LABELS } from "./label-help.ts"
import { COMMANDS, commandAt, GROUPS, groupAt } from "./table/table.ts"

/** The help page of a command or group by its words; of `aim` itself for no words. */
export async function helpPage(path: string): Promise<HelpPage> {
  const row = commandAt(path)
  if (row === undefined) return groupPage(path)
  const { meta, args } = (await row.load()).default
  const positionals = Object.entries(args).filter(([, arg]) => arg.type === "positional")
  const words = positionals.map(([name, arg]) =>
    arg.required === false ? `[${name}]` : `<${name}>`,
  )
  return {
    usage: ["aim", path, ...words, "[flags]"].join(" "),
    summary: row.summary,
    details: meta.details ?? [],
    sections: [
      ["arguments", positionals.map(([name, arg]) => [name, arg.description ?? ""])],
      ["commands", commandRows(`${path} `)],
      ["flags", flagRows(args)],
      ["global flags", flagRows(GLOBAL_FLAGS)],
    ],
    example: meta.example,
  }
}

function groupPage(path: string): HelpPage {
  const group = groupAt(path)
  return {
    usage: ["aim", path, "<command> [flags]"].filter(Boolean).join(" "),
    summary: group?.summary ?? `aim ${VERSION}: your own AI-coding accounts, and who serves next`,
    details: path === "" ? LABELS : [],
    sections: [
      ["commands", commandRows(path === "" ? "" : `${path} `)],
      ["groups", path === "" ? GROUPS.map((row) => [row.path, row.summary]) : []],
      ["global flags", flagRows(path === "" ? ROOT_FLAGS : GLOBAL_FLAGS)],
    ],
    example: group?.example ?? "aim help codex use",
  }
}

function commandRows(prefix: string): [string, string][] {
  return COMMANDS.flatMap(({ path, summary }) => (path.startsWith(prefix) ? [[path, summary]] : []))
}

function flagRows(args: ArgsDef): [string, string][] {
  return Object.entries(args)
    .filter(([, arg]) => arg.type !== "positional")
    .map(([name, arg]) => [flagTitle(name, arg), arg.description ?? ""])
}

function flagTitle(name: string, arg: ArgDef): string {
  const alias = "alias" in arg && arg.alias ? `-${[arg.alias].flat().join(", -")}, ` : ""
  if (arg.type === "enum") return `${alias}--${name} <${arg.options?.join("|") ?? name}>`
  return `${alias}--${name}${arg.type === "string" ? ` <${arg.valueHint ?? name}>` : ""}`
}

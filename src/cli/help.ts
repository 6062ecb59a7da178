import type { HelpPage } from "../render/help.ts"
import type { AimCommand } from "./command.ts"
import { GLOBAL_FLAGS } from "./global-flags.ts"
import { commandRows, flagRows } from "./help-rows.ts"
import { rootPage } from "./root-help.ts"
import type { CommandRow, GroupRow } from "./table/row.ts"
import { commandAt, groupAt } from "./table/table.ts"

/** The help page of a command or group by its words; of `aim` itself for no words. */
export async function helpPage(path: string): Promise<HelpPage> {
  const row = commandAt(path)
  if (row !== undefined) return commandPage(row, (await row.load()).default)
  const group = groupAt(path)
  return group === undefined ? rootPage() : groupPage(group)
}

function commandPage({ path, summary }: CommandRow, { meta, args }: AimCommand): HelpPage {
  const positionals = Object.entries(args).filter(([, arg]) => arg.type === "positional")
  const words = positionals.map(([name, arg]) =>
    arg.required === false ? `[${name}]` : `<${name}>`,
  )
  return {
    usage: ["aim", path, ...words, "[flags]"].join(" "),
    summary,
    details: meta.details ?? [],
    sections: [
      ["arguments", positionals.map(([name, arg]) => [name, arg.description ?? ""])],
      ["commands", commandRows(path)],
      ["flags", flagRows(args)],
      ["global flags", flagRows(GLOBAL_FLAGS)],
    ],
    example: meta.example,
  }
}

function groupPage({ path, summary, example }: GroupRow): HelpPage {
  return {
    usage: `aim ${path} <command> [flags]`,
    summary,
    details: [],
    sections: [
      ["commands", commandRows(path)],
      ["global flags", flagRows(GLOBAL_FLAGS)],
    ],
    example,
  }
}

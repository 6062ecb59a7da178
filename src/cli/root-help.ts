import type { HelpPage } from "../render/help.ts"
import { VERSION } from "../system/version.ts"
import { ROOT_FLAGS } from "./global-flags.ts"
import { commandRow, commandRows, flagRows, type HelpRow } from "./help-rows.ts"
import { LABELS } from "./label-help.ts"
import type { GroupRow } from "./table/row.ts"
import { COMMANDS, GROUPS, isGroup } from "./table/table.ts"

/** The page of `aim` itself: every command, those of a group below what the group is about. */
export function rootPage(): HelpPage {
  return {
    usage: "aim <command> [flags]",
    summary: `aim ${VERSION}: your own AI-coding accounts, and who serves next`,
    details: LABELS,
    sections: [
      ["commands", COMMANDS.filter(({ path }) => !isGrouped(path)).map(commandRow)],
      ...GROUPS.map(groupSection),
      ["global flags", flagRows(ROOT_FLAGS)],
    ],
    example: "aim help codex use",
  }
}

function groupSection({ path, summary }: GroupRow): [string, HelpRow[]] {
  return [`${path}, ${summary}`, commandRows(path)]
}

function isGrouped(path: string): boolean {
  return isGroup(path.split(" ")[0] ?? path)
}

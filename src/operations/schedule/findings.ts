import { type Finding, findingOf } from "../../domain/receipt.ts"
import type { Found } from "../../schedule/found.ts"
import type { Problem } from "../../system/errors.ts"
import type { Scheduled } from "../schedule-status.ts"

/** What is wrong with the watch of a target, and the way out. */
export function scheduleFindings(
  scheduled: Omit<Scheduled, "warnings">,
  ours: readonly Found[],
  former: readonly Found[],
): Finding[] {
  const { target, program } = scheduled
  const install = `aim schedule install ${target}`
  const found: (Problem | false)[] = [
    ...[...ours, ...former].flatMap(({ unusable }) => unusable),
    scheduled.programExists === false && {
      code: "program_gone",
      message: `the watch starts ${program}, which is not there`,
      hint: install,
    },
    scheduled.programExists === true &&
      scheduled.programIsThis === false && {
        code: "program_other",
        message: `the watch starts another aim: ${program}`,
        hint: install,
      },
    scheduled.stateIsThis === false && {
      code: "state_other",
      message: `the watch works on another state file: ${scheduled.state}`,
      hint: install,
    },
    scheduled.installed &&
      !(scheduled.enabled && scheduled.active) && {
        code: "watch_stopped",
        message: "the watch is installed, and does not run",
        hint: install,
      },
    ours.filter(isThere).length > 1 && {
      code: "two_watches",
      message: `the machine's manager has a watch of ${target} as well as yours`,
      hint: `${install} leaves one`,
    },
    ...former.filter(isThere).map(({ name, files: [file] }) => ({
      code: "former_watch",
      message: `the reference program's ${name} is still installed (${file?.path ?? ""})`,
      hint: `${install} takes its place`,
    })),
  ]
  return found.filter((problem) => problem !== false).map((problem) => findingOf(problem))
}

function isThere({ files }: Found): boolean {
  return files.length > 0
}

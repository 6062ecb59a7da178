import type { FirstTick } from "../operations/schedule/tick.ts"
import type { Installed } from "../operations/schedule-install.ts"
import type { Removed } from "../operations/schedule-remove.ts"
import { warningLines } from "./findings.ts"
import { exactSpan } from "./layout/duration.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"
import { clientName } from "./words/client-name.ts"
import { tickText } from "./words/tick.ts"

/** `aim schedule install` for a person. */
export function installedLines(installed: Installed, frame: Frame): string[] {
  const { target, scope, status, everySeconds, files, firstTick, warnings } = installed
  if (status === "planned") return plannedLines(installed, frame)
  const watch = `the watch of ${clientName(target)}`
  const every = `every ${exactSpan(everySeconds)}`
  return [
    status === "noop"
      ? `${watch} stands already, ${every}; nothing was touched`
      : `${watch} runs ${every}, ${scope === "user" ? "by your own manager" : "by the machine's"}`,
    ...fields(
      [
        ...files.map(({ path }) => ["file", path] as const),
        ["first look", firstTick === null ? null : firstText(firstTick)],
        ["log", installed.log],
      ],
      frame,
      "  ",
    ),
    ...warningLines(warnings, frame),
  ]
}

/** `aim schedule remove` for a person. */
export function removedLines({ target, status, files }: Removed): string[] {
  if (status === "noop") return [`${clientName(target)} has no watch of aim here`]
  return [
    `the watch of ${clientName(target)} is stopped and gone`,
    ...files.map((path) => `  ${plain(path)}`),
  ]
}

/** What `--print` shows: each file as it would be, then the commands that belong to it. */
function plannedLines({ files, commands, replaces, warnings }: Installed, frame: Frame): string[] {
  return [
    ...files.flatMap(({ path, text }) => [
      paint(frame, "cyan", `# ${plain(path)}`),
      ...text.trimEnd().split("\n").map(plain),
      "",
    ]),
    paint(frame, "cyan", "# then"),
    ...commands.map(plain),
    ...replaces.map((sentence) => paint(frame, "yellow", `# replaces: ${plain(sentence)}`)),
    ...warningLines(warnings, frame),
  ]
}

function firstText({ ok, receipt }: FirstTick): string {
  if (receipt !== null) return tickText(receipt.receipt)
  return ok ? "done, without a receipt of its own" : "failed: see the log"
}

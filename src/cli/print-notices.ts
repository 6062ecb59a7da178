import { findingOf } from "../domain/receipt.ts"
import { warningLines } from "../render/findings.ts"
import { type Frame, PLAIN } from "../render/layout/frame.ts"
import type { Problem } from "../system/errors.ts"
import { printError } from "../system/print.ts"

/** What has come up beside a command's own work, as lines. */
export function noticeLines(notices: readonly Problem[], frame: Frame): string[] {
  return warningLines(
    notices.map((problem) => findingOf(problem)),
    frame,
  )
}

/** Says on stderr what has come up beside a command's own work, whatever stands on stdout. */
export function printNotices(notices: readonly Problem[]): void {
  printError(noticeLines(notices, PLAIN))
}

import { findingOf } from "../domain/receipt.ts"
import { warningLines } from "../render/findings.ts"
import { PLAIN } from "../render/layout/frame.ts"
import type { Problem } from "../system/errors.ts"
import { printError } from "../system/print.ts"

/** Says on stderr what has come up beside a command's own work, whatever stands on stdout. */
export function printNotices(notices: readonly Problem[]): void {
  printError(
    warningLines(
      notices.map((problem) => findingOf(problem)),
      PLAIN,
    ),
  )
}

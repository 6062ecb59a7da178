import { blockedText } from "../domain/maintenance.ts"
import type { AccountStatus } from "../operations/status/account.ts"
import type { Status } from "../operations/status/document.ts"
import { hintLines, warningLines } from "./findings.ts"
import { marked } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { accountLines } from "./status/accounts.ts"
import { assignmentLines, clientLines } from "./status/clients.ts"
import { firstSteps } from "./status/empty.ts"
import { extraLines } from "./status/extra.ts"
import { statusHeader } from "./status/header.ts"
import { unreadLines } from "./status/note.ts"
import { poolLines } from "./status/pool.ts"
import { isSaid } from "./status/said.ts"
import { statusTable } from "./status/table.ts"

/** What a person asked to see beside the usual. */
export type StatusSections = { accounts?: boolean | undefined; assignments?: boolean | undefined }

/** The whole of `aim status` for a person. */
export function statusLines(status: Status, frame: Frame, sections: StatusSections = {}): string[] {
  const at = Date.parse(status.generatedAt)
  const { accounts } = status
  const body =
    accounts.length === 0
      ? [firstSteps(status, frame)]
      : [
          statusTable(status, at, frame),
          accounts.flatMap((account) => needLines(account, frame)),
          [
            ...accounts.flatMap((account) => extraLines(account, at, frame)),
            ...unreadLines(accounts),
          ],
          ...(sections.accounts ? [accountLines(status, at, frame)] : []),
          poolLines(status, frame),
        ]
  const warnings = warningLines(
    status.warnings.filter((each) => !isSaid(each, status)),
    frame,
  )
  return [
    statusHeader(status, at, frame),
    ...body,
    clientLines(status, at, frame),
    ...(sections.assignments ? [assignmentLines(status)] : []),
    warnings,
  ]
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ["", ...block]))
}

/** What a label that is not ready lacks, and the command that mends it. */
function needLines({ label, operator }: AccountStatus, frame: Frame): string[] {
  if (operator.status === "ready") return []
  const style = operator.status === "blocked" ? "red" : "yellow"
  return [
    marked(frame, style, `${label}:`, blockedText(operator.reason)),
    ...hintLines(operator.actionRequired, frame),
  ]
}

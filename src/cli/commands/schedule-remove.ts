import { removeSchedule } from "../../operations/schedule-remove.ts"
import { removedLines } from "../../render/schedule.ts"
import { defineAimCommand } from "../command.ts"
import { SCHEDULED } from "../schedule-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim schedule remove codex",
    details: ["Only aim's own files go; labels, logins and receipts stay."],
    mutates: true,
  },
  args: { ...SCHEDULED },
  run: async ({ homes, conversation }, { target }) => {
    const removed = await removeSchedule(homes, target, conversation)
    return { text: removedLines(removed), json: { ok: true, ...removed }, exit: 0 }
  },
})

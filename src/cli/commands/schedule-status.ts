import { scheduleStatus } from "../../operations/schedule-status.ts"
import { scheduledLines } from "../../render/scheduled.ts"
import { now } from "../../system/clock.ts"
import { defineAimCommand } from "../command.ts"
import { SCHEDULED } from "../schedule-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim schedule status",
    details: ["Without a client: all of them. Files are read and the manager is asked."],
  },
  args: { target: { ...SCHEDULED.target, required: false } },
  run: async ({ homes, render }, { target }) => {
    const watches = await scheduleStatus(homes, target ?? null)
    const text = scheduledLines(watches, now(), render)
    return { text, json: { ok: true, watches }, exit: 0 }
  },
})

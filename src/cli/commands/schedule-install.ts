import { installSchedule } from "../../operations/schedule-install.ts"
import { installedLines } from "../../render/schedule.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { SCHEDULED } from "../schedule-args.ts"
import { YES } from "../shared-args.ts"
import { everySeconds } from "../span.ts"
import { wholeNumber } from "../whole-number.ts"

export default defineAimCommand({
  meta: {
    example: "aim schedule install codex --every 5m",
    details: [
      "Writes a systemd timer (launchd on macOS) for this aim, this home and what of this shell's",
      "environment matters, starts it, and looks once. What stands already is left as it is. A unit",
      "holds no secrets. `--system` asks for sudo for its files and for systemctl, and only there.",
    ],
    mutates: true,
  },
  args: {
    ...SCHEDULED,
    user: { type: "boolean", description: "your own manager; runs while you are logged in" },
    system: { type: "boolean", description: "the machine's manager; runs from boot on" },
    every: { type: "string", valueHint: "span", description: "60s to 24h (5m)" },
    threshold: {
      type: "string",
      valueHint: "percent",
      description: "leave a label with less of its 5h window (20; 0: off)",
    },
    print: { type: "boolean", description: "show files and commands, touch nothing" },
    ...YES,
  },
  run: async ({ homes, render, conversation }, { target, user, system, every, ...more }) => {
    if (user && system)
      failUsage("conflicting_flags", "`--user` and `--system` exclude each other", "choose one")
    const how = {
      scope: user ? ("user" as const) : system ? ("system" as const) : null,
      everySeconds: everySeconds(every),
      threshold: wholeNumber("threshold", more.threshold, 0, 100) ?? 20,
      print: more.print ?? false,
      yes: more.yes ?? false,
    }
    const done = await installSchedule(homes, target, how, conversation)
    return { text: installedLines(done, render), json: { ok: true, ...done }, exit: 0 }
  },
})

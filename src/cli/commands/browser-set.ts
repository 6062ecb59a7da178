import { setBrowser } from "../../operations/browser-set.ts"
import { withPool } from "../../pool/pool.ts"
import { browserSetLines } from "../../render/browser.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim browser set boss --mode aim-profile",
    details: [
      "aim-profile: a profile of the label's own, made by aim. chrome-profile: one that is there.",
      "agent-browser: a session of agent-browser. manual-callback: no browser; the address is pasted.",
    ],
    mutates: true,
  },
  args: {
    ...LABEL,
    mode: { type: "string", valueHint: "mode", description: "one of the four modes" },
    "seed-from-openclaw": {
      type: "string",
      valueHint: "id",
      description: "aim-profile: begin with a copy of that OpenClaw profile",
    },
    "user-data-dir": {
      type: "string",
      valueHint: "dir",
      description: "chrome-profile: the browser's folder, absolute",
    },
    "profile-directory": {
      type: "string",
      valueHint: "name",
      description: "chrome-profile: the profile in it, such as Default",
    },
    profile: {
      type: "string",
      valueHint: "dir",
      description: "agent-browser: its folder, absolute",
    },
    session: { type: "string", valueHint: "name", description: "agent-browser: its session" },
  },
  run: ({ homes, render }, args) =>
    withPool(homes, async (pool) => {
      const browser = await setBrowser(pool, args.label, {
        mode: args.mode,
        "seed-from-openclaw": args["seed-from-openclaw"],
        "user-data-dir": args["user-data-dir"],
        "profile-directory": args["profile-directory"],
        profile: args.profile,
        session: args.session,
      })
      return { text: browserSetLines(browser, render), json: { ok: true, browser }, exit: 0 }
    }),
})

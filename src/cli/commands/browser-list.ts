import { listBrowsers } from "../../operations/browser-list.ts"
import { withPool } from "../../pool/pool.ts"
import { browserListLines } from "../../render/browser-list.ts"
import { defineAimCommand } from "../command.ts"
import { LABEL } from "../shared-args.ts"

export default defineAimCommand({
  meta: {
    example: "aim browser list boss",
    details: [
      "Chrome, its Beta and Canary, Chromium, Brave and Edge, also from Flatpak and Snap, and the",
      "profiles of OpenClaw; likely ones for the label first. The label need not exist yet.",
      "Sessions of agent-browser too, with the folder that each has open, and those that",
      "OpenClaw's workspaces suggest for the label (agent-browser.json): only suggested, never used.",
    ],
  },
  args: LABEL,
  run: ({ homes, render }, { label }) =>
    withPool(homes, async (pool) => {
      const list = await listBrowsers(pool, label)
      return { text: browserListLines(list, render), json: { ok: true, ...list }, exit: 0 }
    }),
})

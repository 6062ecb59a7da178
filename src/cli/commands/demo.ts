import { runDemo } from "../../operations/demo.ts"
import { demoDocument, demoStory } from "../../render/demo.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim demo --keep",
    details: [
      "Nothing outside the sandbox is read or written, and nothing leaves this machine. With --keep",
      "the sandbox stays, and the simulated provider answers until ctrl-C.",
    ],
  },
  args: { keep: { type: "boolean", description: "leave the sandbox for a look around" } },
  run: async ({ homes, json, render }, { keep = false }) => {
    const { width: columns, color, unicode } = render
    const screen = { columns, color: color && !json, unicode }
    const parts = runDemo({ keep, screen, env: homes.env })
    return { lines: json ? demoDocument(parts) : demoStory(parts, render) }
  },
})

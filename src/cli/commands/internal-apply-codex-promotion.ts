import { defineAimCommand } from "../command.ts"
import { takePromotion } from "../promotion-input.ts"

export default defineAimCommand({
  meta: {
    example: "aim internal apply-codex-promotion < promotion.json",
    details: [
      "What a promote of another aim, or of aimgr, calls on an authority over ssh: takes the Codex",
      "logins that come in by stdin over, all of them or none.",
    ],
    mutates: true,
  },
  args: {},
  run: (context) => takePromotion(context, "openai-codex"),
})

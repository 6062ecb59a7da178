import { forgetHome } from "../../operations/forget-home.ts"
import { withPool } from "../../pool/pool.ts"
import { forgottenLines } from "../../render/forgotten.ts"
import { defineAimCommand } from "../command.ts"
import { targetOf } from "../target-of.ts"

export default defineAimCommand({
  meta: {
    example: "aim pi forget-home ~/pi-boss",
    details: ["Nothing in that home changes; it is no longer a store of its label."],
    mutates: true,
  },
  args: {
    dir: { type: "positional", valueHint: "dir", required: true, description: "the Pi home" },
  },
  run: ({ homes }, { dir }) =>
    withPool(homes, async (pool) => {
      const forgotten = await forgetHome(pool, targetOf(pool, "pi"), dir)
      return { text: forgottenLines(forgotten), json: { ok: true, ...forgotten }, exit: 0 }
    }),
})

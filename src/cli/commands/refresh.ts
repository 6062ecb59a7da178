import { refreshLabels } from "../../operations/refresh-labels.ts"
import { withPool } from "../../pool/pool.ts"
import { refreshDocument, refreshLines } from "../../render/refresh.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"

export default defineAimCommand({
  meta: {
    example: "aim refresh --all",
    details: [
      "Without a label: every enabled one. Only logins that are due are renewed, and each is posted",
      "once, whoever asks; then every store gets the newest login.",
    ],
    mutates: true,
  },
  args: {
    label: {
      type: "positional",
      valueHint: "label",
      required: false,
      description: "only this label",
    },
    all: { type: "boolean", description: "every enabled label, as without a label" },
    force: { type: "boolean", description: "also logins that are not due yet" },
  },
  run: ({ homes, render }, { label, all, force }) =>
    withPool(homes, async (pool) => {
      if (label !== undefined && all)
        failUsage("conflicting_flags", "a label and `--all` exclude each other", "choose one")
      const which = { label: label ?? null, all: all ?? label === undefined, force: force ?? false }
      const result = await refreshLabels(pool, which)
      const exit = result.ok ? 0 : 1
      return { text: refreshLines(result, render), json: refreshDocument(result), exit }
    }),
})

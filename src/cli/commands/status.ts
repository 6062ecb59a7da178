import type { Status } from "../../operations/status/document.ts"
import { readStatus } from "../../operations/status.ts"
import { withPool } from "../../pool/pool.ts"
import type { UsageMode } from "../../pool/usage.ts"
import { statusLines } from "../../render/status.ts"
import { compactLine } from "../../render/status-compact.ts"
import { failUsage } from "../../system/errors.ts"
import { defineAimCommand } from "../command.ts"
import { wholeNumber } from "../whole-number.ts"

export default defineAimCommand({
  meta: {
    example: "aim status --json | jq .nextBestCandidate",
    details: [
      "Reads and never refreshes. Usage is asked for where the last reading is older than a",
      "minute; a reading that can't be had leaves the last one standing, with its age.",
      "--json stands over --compact, and --compact over the table.",
    ],
  },
  args: {
    live: { type: "boolean", description: "ask for usage even if the last reading is fresh" },
    cached: { type: "boolean", description: "never ask: show the last readings" },
    compact: { type: "boolean", description: "one line of name=value" },
    accounts: {
      type: "boolean",
      description: "beside the table, what is remembered of each label",
    },
    assignments: { type: "boolean", description: "who is on which label, of stored fleets" },
    watch: { type: "boolean", description: "draw it anew in place, until ctrl-C" },
    "interval-seconds": {
      type: "string",
      valueHint: "n",
      description: "with --watch: from look to look, 1 to 86400 (30)",
    },
  },
  run: async (context, { live, cached, compact, accounts, assignments, ...more }) => {
    const { homes, render, json } = context
    const mode = modeOf(live, cached)
    const lines = (status: Status, frame = render) =>
      compact ? [compactLine(status)] : statusLines(status, frame, { accounts, assignments })
    const seconds = wholeNumber("interval-seconds", more["interval-seconds"], 1, 86_400)
    if (more.watch) {
      const { watchFrames } = await import("../watch-frames.ts")
      return {
        lines: watchFrames({ ...context, mode, seconds: seconds ?? 30, lines }),
      }
    }
    if (seconds !== null)
      failUsage("missing_flag", "`--interval-seconds` goes with `--watch`", "aim status --watch")
    const status = await withPool(homes, (pool) => readStatus(pool, mode), { tells: true })
    return { text: json ? [] : lines(status), json: status, exit: 0 }
  },
})

function modeOf(live = false, cached = false): UsageMode {
  if (live && cached)
    failUsage("conflicting_flags", "`--live` and `--cached` exclude each other", "choose one")
  if (live) return "live"
  return cached ? "cached" : "fresh"
}

import type { Pruned } from "../operations/sync/prune-store.ts"
import { hintLines } from "./findings.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"

/** A line for each store whose login was taken out, would be, or could not be yet. */
export function prunedLines(pruned: readonly Pruned[], frame: Frame): string[] {
  return pruned.flatMap(({ store, label, outcome, quarantined, detail, hint }) => {
    const place = `\`${plain(label)}\` in ${plain(store)}`
    if (outcome === "planned") return [`${place}: its login would be taken out, into quarantine`]
    if (outcome === "pruned") {
      const kept = quarantined === null ? "" : `; quarantine keeps it as ${plain(quarantined)}`
      return [`${place}: its login was taken out${kept}`]
    }
    if (outcome === "kept") return [`${place}: nothing was taken out: ${plain(detail ?? "")}`]
    const word = paint(frame, "yellow", "not taken out yet")
    return [`${place}: ${word}: ${plain(detail ?? outcome)}`, ...hintLines(hint ?? null, frame)]
  })
}

import { hintLines } from "./findings.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { paint } from "./layout/style.ts"

/** What healing did to one store, as operations and receipts tell it. */
type HealedStore = {
  store: string
  label: string
  outcome: string
  detail?: string
  hint?: string
}

/** A line for each store that was brought up to date, or could not be. */
export function storeLines(stores: readonly HealedStore[], frame: Frame): string[] {
  return stores.flatMap(({ store, label, outcome, detail, hint }) => {
    const place = `\`${plain(label)}\` in ${plain(store)}`
    if (outcome === "reached") return `${place}: brought up to date`
    if (outcome === "captured") return `${place}: a newer login was taken in from there`
    const why = detail ?? (outcome === "store_moved" ? "it changed meanwhile" : outcome)
    if (hint !== undefined) {
      const word = paint(frame, "yellow", "not reached")
      return [`${place}: ${word}: ${plain(why)}`, ...hintLines(hint, frame)]
    }
    const word = paint(frame, "yellow", "not reached yet")
    return `${place}: ${word}: ${plain(why)}; the next command tries again`
  })
}

import type { LabelView } from "../../operations/label-view.ts"
import type { Entry } from "../entry.ts"

/** What can be done with a label of any provider. */
export function anyLabelEntries({ label, enabled, imported }: LabelView): Entry[] {
  return [
    ...promoteEntries(imported),
    { action: "show_details", text: "Show details", details: [] },
    // An imported label has its authority's name.
    ...(imported === null ? [{ action: "rename", text: "Rename", details: [] } as const] : []),
    enabled
      ? {
          action: "disable",
          text: "Take out of the pool",
          details: [`${label} is no longer chosen; its login is kept alive`],
        }
      : { action: "enable", text: "Put back into the pool", details: [] },
    {
      action: "expect",
      text: "Expect a person",
      details: ["a login of anybody else is then refused"],
    },
  ]
}

/** Only what has changed here is news to its authority. */
function promoteEntries(imported: LabelView["imported"]): Entry[] {
  if (imported === null || !imported.changed) return []
  const details = [`its login has changed here since it came from ${imported.source}`]
  return [{ action: "promote", text: "Hand it to its authority", details }]
}

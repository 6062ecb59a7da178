import type { LabelView } from "../../operations/label-view.ts"
import type { Entry } from "../entry.ts"

/** What can be done with a label of any provider. */
export function anyLabelEntries({ label, enabled }: LabelView): Entry[] {
  return [
    { action: "show_details", text: "Show details", details: [] },
    { action: "rename", text: "Rename", details: [] },
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

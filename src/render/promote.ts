import type { PromoteResult } from "../operations/promote-labels.ts"
import { fields } from "./layout/fields.ts"
import type { Frame } from "./layout/frame.ts"
import { plain } from "./layout/plain.ts"
import { storeLines } from "./stores.ts"
import { refreshText } from "./words/refresh.ts"

/** `aim promote` for a person. */
export function promoteLines(result: PromoteResult, frame: Frame): string[] {
  const { promoted, dirtyLabels, captured, refreshed, stores } = result
  const unchanged = promoted.labels.filter((label) => !dirtyLabels.includes(label))
  return [
    plain(headline(promoted)),
    ...fields(
      [
        ...captured.map(
          ({ label, store }) => ["captured", `${label}: a newer login, from ${store}`] as const,
        ),
        ...refreshed.map(
          ({ label, outcome }) => ["refresh", `${label}: ${refreshText(outcome)}`] as const,
        ),
        ["unchanged", unchanged.length === 0 ? null : unchanged.join(", ")],
      ],
      frame,
      "  ",
    ),
    ...storeLines(stores, frame).map((line) => `  ${line}`),
  ]
}

function headline({ status, labels, target }: PromoteResult["promoted"]): string {
  const which = labels.join(", ")
  if (status === "dry_run") return `${which} would be promoted to ${target}; nothing was written`
  return status === "noop" ? `${target} has ${which} already` : `${which} promoted to ${target}`
}

/** `aim promote` for programs: the reference's block, and what aim says besides. */
export function promoteDocument({ ok, promoted, ...rest }: PromoteResult): object {
  return { ok, promoted, ...rest }
}

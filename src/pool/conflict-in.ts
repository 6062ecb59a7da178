import type { Label } from "../domain/label.ts"
import { shellWord } from "../domain/shell-word.ts"
import type { Store } from "../domain/store.ts"
import type { Target } from "../targets/target.ts"

/** What a pair is that is neither the stored one nor a former or later one, and the way out. */
export function conflictIn(target: Target, store: Store, label: Label) {
  return {
    outcome: "conflict",
    detail: `${store.file} holds a login of \`${label}\` that is neither the stored one nor a later one`,
    hint: `aim ${target.id} ${target.captureVerb} ${label} --source-home ${shellWord(store.home)} puts it into quarantine, and the next command brings the home up to date`,
  }
}

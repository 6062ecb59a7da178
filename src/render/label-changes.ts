import type { Removal } from "../operations/remove-account.ts"
import type { Renaming } from "../operations/rename-account.ts"
import { plain } from "./layout/plain.ts"

/** `aim account remove` for a person: what it touched. */
export function removalLines({ label, touches }: Removal): string[] {
  return [`${label} was removed:`, ...touchLines(touches)]
}

/** `aim account rename` for a person: what it touched. */
export function renamingLines({ from, label, touches }: Renaming): string[] {
  return [`${from} is called ${label} now:`, ...touchLines(touches)]
}

function touchLines(touches: readonly string[]): string[] {
  return touches.map((touch) => `  ${plain(touch)}`)
}

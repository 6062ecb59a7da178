import { asObject, type Document } from "../domain/document.ts"
import { fail } from "../system/errors.ts"
import { Secret } from "../system/secret.ts"

/**
 * Stops a commit that would put `[redacted]` where a token belongs: what a Secret becomes when
 * someone sends it through JSON or a template by mistake. The token would be lost.
 */
export function refuseRedacted(document: Document): void {
  for (const key of ["credentials", "quarantine"])
    if (holdsRedacted(document[key]))
      fail(
        "state_invalid_change",
        "aim was about to write a redacted token into the state file; nothing was written",
        "this is a fault of aim: please report it with the command that was run",
      )
}

function holdsRedacted(value: unknown): boolean {
  if (value instanceof Secret) return value.reveal() === "[redacted]"
  if (typeof value === "string") return value === "[redacted]"
  if (Array.isArray(value)) return value.some(holdsRedacted)
  const object = asObject(value)
  return object !== null && Object.values(object).some(holdsRedacted)
}

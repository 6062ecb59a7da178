import { scrub } from "../domain/scrub.ts"
import { AimError, type Problem } from "../system/errors.ts"

/** What stopped a piece of work, as a problem; a fault of aim itself is one as well. */
export function problemIn(error: unknown): Problem {
  return error instanceof AimError ? error.problem : unforeseen(error)
}

/** A fault of aim itself. Parsers quote what they read, so their words are not passed on. */
function unforeseen(error: unknown): Problem {
  const name = error instanceof Error ? error.name : typeof error
  const told = error instanceof Error && !(error instanceof SyntaxError) ? error.message : ""
  const message = `aim failed unexpectedly: ${[name, scrub(told)].filter(Boolean).join(": ")}`
  return { code: "internal", message, hint: "`AIM_DEBUG=1` shows where; nothing secret is in it" }
}

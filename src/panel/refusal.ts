import { AimError } from "../system/errors.ts"

/** What a check that stops with a problem says of an answer; null where it lets it through. */
export function refusal(check: () => unknown): string | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof AimError) return error.problem.message
    throw error
  }
}

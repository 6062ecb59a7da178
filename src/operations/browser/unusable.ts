import type { Label } from "../../domain/label.ts"
import { errnoOf, fail } from "../../system/errors.ts"

/** Names the folder of a profile that the disk does not let us make or look into; anything else is thrown on. */
export function failUnusable(error: unknown, dir: string, label: Label): never {
  const why = errnoOf(error)
  if (why === null) throw error
  return fail(
    "browser_profile_unusable",
    `the browser profile ${dir} can't be used (${why})`,
    `aim browser show ${label}`,
  )
}

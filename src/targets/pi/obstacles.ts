import { codexAccountClaim } from "../../domain/codex-identity.ts"
import type { JsonObject } from "../../domain/login.ts"
import type { Problem } from "../../system/errors.ts"
import { Secret } from "../../system/secret.ts"
import { LOG_IN_AGAIN } from "../chatgpt-login.ts"
import type { Obstacles } from "../target.ts"

/**
 * Nothing in Pi's environment or settings rules over a stored login (1.5.2: `models.json` and the
 * environment come after it), so only a login can be unfit.
 */
export const OBSTACLES: Obstacles = { blockers: [], warnings: [], against: unfit }

/** Pi reads the workspace that it sends out of the access token, and stops without it (1.5.2). */
function unfit({ access }: JsonObject): Problem[] {
  if (!(access instanceof Secret) || codexAccountClaim(access) !== null) return []
  return [
    {
      code: "pi_access_token_unusable",
      message: "its access token names no workspace, and Pi makes no request without one",
      hint: LOG_IN_AGAIN,
    },
  ]
}

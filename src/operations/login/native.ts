import type { Label } from "../../domain/label.ts"
import { type Pool, targetsOf } from "../../pool/pool.ts"
import { fail } from "../../system/errors.ts"
import { captureLogin } from "../capture-login.ts"

/**
 * Takes in the login that the provider's own client has, for a label whose login aim can't make
 * itself (Claude). Stops, with what to do in that client, where it has none that helps.
 */
export async function captureLive(
  pool: Pool,
  label: Label,
  provider: "anthropic",
): Promise<"captured"> {
  const [target] = targetsOf(pool, provider)
  if (target === undefined)
    return fail("unsupported_target", "no client has such logins", "use a newer aim")
  const { adoption, warnings, home } = await captureLogin(pool, target, label, null)
  const dead = warnings.find(({ kind }) => kind === "expired_credentials")
  const stale = adoption === "older" || adoption === "conflict" || dead !== undefined
  if (!stale) return "captured"
  return fail(
    "live_login_no_help",
    `Claude Code's login in ${home} is ${dead === undefined ? "not newer than the stored one" : "the very one that the issuer refused"}`,
    `log in with \`claude auth login\`, over the old login, then: aim login ${label}`,
  )
}

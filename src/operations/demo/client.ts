import { join } from "node:path"
import * as v from "valibot"
import type { Simulator } from "../../simulator/contract.ts"
import { now } from "../../system/clock.ts"
import { fail } from "../../system/errors.ts"
import { postOnce } from "../../system/http.ts"
import { readText } from "../../system/read-file.ts"
import { isoTime } from "../../system/time.ts"
import { writeLogin } from "./sandbox.ts"

const AuthFile = v.looseObject({
  tokens: v.looseObject({
    refresh_token: v.string(),
    oauth_provenance: v.looseObject({ client_id: v.string() }),
  }),
})
const Renewed = v.looseObject({
  id_token: v.string(),
  access_token: v.string(),
  refresh_token: v.string(),
})

const MAX_BYTES = 65_536

/**
 * Plays a running Codex that renews its login by itself (Codex 0.169.0: it posts the refresh token,
 * which is spent by that, and writes the new pair into its home).
 */
export async function renewAsCodex(simulator: Simulator, home: string): Promise<void> {
  const file = join(home, "auth.json")
  const text = await readText(file, MAX_BYTES)
  const login = v.safeParse(AuthFile, text.kind === "text" ? JSON.parse(text.text) : null)
  if (!login.success) return failRenewal(`${file} holds no login`)
  const { refresh_token, oauth_provenance } = login.output.tokens
  const posted = await postOnce({
    url: `${simulator.authUrl}/oauth/token`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: oauth_provenance.client_id,
      grant_type: "refresh_token",
      refresh_reason: "proactive_expiry",
      refresh_token,
    }),
  })
  if (posted.kind !== "reply" || posted.status !== 200) {
    return failRenewal("the simulated provider refused it")
  }
  const { id_token, access_token, refresh_token: next } = v.parse(Renewed, JSON.parse(posted.body))
  await writeLogin(home, {
    ...login.output,
    tokens: { ...login.output.tokens, id_token, access_token, refresh_token: next },
    last_refresh: isoTime(now()),
  })
}

function failRenewal(why: string): never {
  return fail("demo_failed", `the demo could not renew a login: ${why}`, "run `aim demo` again")
}

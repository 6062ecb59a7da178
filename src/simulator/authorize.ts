import { sha256Base64Url } from "../system/hash.ts"
import { randomBase64Url } from "../system/random.ts"
import { json, page, type Reply, reply } from "./reply.ts"
import { CANARY } from "./tokens.ts"
import type { Exchange, World } from "./world.ts"

/** The parameters without which there is no page (RFC 6749 §4.1.1, RFC 7636 §4.3). */
const NEEDED = ["client_id", "redirect_uri", "code_challenge", "state", "scope"]

/**
 * `GET /oauth/authorize`: a page whose one button only a browser's script presses, and which leaves
 * a cookie in the browser's profile, so that a test can tell which profile was there.
 */
export function answerAuthorize(exchange: Exchange, world: World): Reply {
  const { query, entry } = exchange
  const missing = NEEDED.find((name) => !query.get(name))
  const wrong =
    missing ?? (query.get("code_challenge_method") === "S256" ? null : "code_challenge_method")
  if (wrong !== null) {
    entry.outcome = `missing_${wrong}`
    return page(400, `<h1>simulated: ${wrong} is missing</h1>`)
  }
  const person = world.authorizations.person()
  entry.account = person
  entry.outcome = person === null ? "nobody" : "asked"
  if (person === null) return page(200, "<h1>simulated login: nobody is signed in</h1>")
  const cookie = `sim_${person}=${randomBase64Url(6)}; max-age=86400; path=/`
  return page(
    200,
    `<h1>simulated login of ${person}</h1><button id="allow">Continue</button>
<script>
const button = document.getElementById("allow")
button.addEventListener("click", () => {
  document.cookie = ${JSON.stringify(cookie)}
  location.href = "/oauth/allow" + location.search
})
button.click()
</script>`,
  )
}

/** `GET /oauth/allow`: the person said yes; back to whoever asked, with a code. */
export function answerAllow({ query, entry }: Exchange, world: World): Reply {
  const account = world.authorizations.person()
  const redirectUri = query.get("redirect_uri") ?? ""
  if (account === null || !URL.canParse(redirectUri)) return page(400, "<h1>simulated: no</h1>")
  const challenge = query.get("code_challenge") ?? ""
  const back = new URL(redirectUri)
  back.searchParams.set("code", world.authorizations.grant({ account, challenge, redirectUri }))
  back.searchParams.set("state", query.get("state") ?? "")
  Object.assign(entry, { account, outcome: "allowed" })
  return reply(302, "", { location: String(back) })
}

/** `POST /api/accounts/deviceauth/usercode` (Codex CLI 0.169.0). */
export function answerDeviceStart({ entry }: Exchange, world: World): Reply {
  const { id, userCode } = world.authorizations.startDevice()
  entry.outcome = "started"
  const typed = world.authorizations.device(id)?.account !== null
  return json(200, { device_auth_id: id, user_code: userCode, interval: typed ? "0" : "1" })
}

/** `POST /api/accounts/deviceauth/token`: 403 until the code was typed. */
export function answerDevicePoll({ body, entry }: Exchange, world: World): Reply {
  const device = world.authorizations.device(idIn(body))
  if (device === null || device.account === null) {
    entry.outcome = "authorization_pending"
    return json(403, { error: "authorization_pending" })
  }
  const verifier = `${CANARY}${randomBase64Url(48)}`
  const challenge = sha256Base64Url(verifier)
  const redirectUri = `${world.url()}/deviceauth/callback`
  const { account } = device
  Object.assign(entry, { account, outcome: "allowed" })
  return json(200, {
    authorization_code: world.authorizations.grant({ account, challenge, redirectUri }),
    code_verifier: verifier,
    code_challenge: challenge,
  })
}

function idIn(body: string): string {
  try {
    return String(JSON.parse(body).device_auth_id)
  } catch {
    return ""
  }
}

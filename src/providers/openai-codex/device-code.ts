import type { JsonObject } from "../../domain/login.ts"
import { postOnce } from "../../system/http.ts"
import { Secret } from "../../system/secret.ts"
import { SECOND } from "../../system/time.ts"
import { parseObject } from "../json-object.ts"
import type { DeviceCode, DevicePoll, DeviceStart } from "../login-flow.ts"
import { CLIENT_ID } from "./client-id.ts"

const EXCHANGE_LIMIT = 15 * SECOND
/** Where the issuer names no interval, and what a `slow_down` adds (RFC 8628 §3.5). */
const INTERVAL = 5 * SECOND
const LONGEST_INTERVAL = 60 * SECOND

/** The words that end the waiting (RFC 8628 §3.5), whatever the status. */
const ENDS: ReadonlyMap<unknown, string> = new Map([
  ["access_denied", "it was refused on the page (access_denied)"],
  ["expired_token", "the code has run out (expired_token)"],
])

/** Asks for a code to type at `{authUrl}/codex/device` (Codex CLI 0.169.0, `login --device-auth`). */
export async function startDevice(authUrl: string): Promise<DeviceStart> {
  const answer = await ask(`${authUrl}/api/accounts/deviceauth/usercode`, { client_id: CLIENT_ID })
  if (answer.kind === "failed") return answer
  const { status, body } = answer
  if (status === 404) return { kind: "failed", detail: "the issuer offers no device codes" }
  const id = word(body?.device_auth_id)
  const userCode = word(body?.user_code ?? body?.usercode)
  if (status < 200 || status > 299) return { kind: "failed", detail: `http_${status}` }
  if (id === null || userCode === null)
    return { kind: "failed", detail: "the reply holds no device code" }
  const device = {
    page: `${authUrl}/codex/device`,
    userCode,
    id: new Secret(id),
    intervalMs: intervalOf(body?.interval),
  }
  return { kind: "started", device }
}

/** Asks once whether the code was typed: 403 and 404 say not yet (Codex CLI 0.169.0). */
export async function pollDevice(authUrl: string, device: DeviceCode): Promise<DevicePoll> {
  const answer = await ask(`${authUrl}/api/accounts/deviceauth/token`, {
    device_auth_id: device.id.reveal(),
    user_code: device.userCode,
  })
  if (answer.kind === "failed") return { kind: "transient", detail: answer.detail }
  const { status, body } = answer
  if (body?.error === "slow_down" || status === 429) return { kind: "slow_down", byMs: INTERVAL }
  const end = ENDS.get(body?.error)
  if (end !== undefined && status >= 400 && status < 500) return { kind: "failed", detail: end }
  if (status === 403 || status === 404) return { kind: "pending" }
  if (status >= 500 || status === 408) return { kind: "transient", detail: `http_${status}` }
  const code = word(body?.authorization_code)
  const verifier = word(body?.code_verifier)
  if (status < 200 || status > 299 || code === null || verifier === null) {
    const detail = status === 200 ? "the reply holds no authorization code" : `http_${status}`
    return { kind: "failed", detail }
  }
  const redirectUri = `${authUrl}/deviceauth/callback`
  const grant = { code: new Secret(code), verifier: new Secret(verifier), redirectUri }
  return { kind: "granted", grant }
}

type Answer =
  | { kind: "reply"; status: number; body: JsonObject | null }
  | { kind: "failed"; detail: string }

async function ask(url: string, body: Record<string, string>): Promise<Answer> {
  const headers = { "content-type": "application/json", accept: "application/json" }
  const text = JSON.stringify(body)
  const posted = await postOnce({ url, headers, body: text, timeoutMs: EXCHANGE_LIMIT })
  if (posted.kind !== "reply") return { kind: "failed", detail: posted.detail }
  return { kind: "reply", status: posted.status, body: parseObject(posted.body) }
}

/** Seconds, as a number or in words of digits. */
function intervalOf(value: unknown): number {
  const seconds =
    typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN
  return seconds >= 0 ? Math.min(seconds * SECOND, LONGEST_INTERVAL) : INTERVAL
}

function word(value: unknown): string | null {
  return typeof value === "string" && /^[\x21-\x7e]{1,4096}$/.test(value) ? value : null
}

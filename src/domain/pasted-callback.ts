import { Secret } from "../system/secret.ts"

/** What an authorization server sends back to the redirect: a code, or why there is none. */
export type Callback =
  | { kind: "code"; code: Secret; state: string | null }
  | { kind: "refused"; reason: string; state: string | null }

const LONGEST = 8_192
const CODE = /^[\w.~+/=-]{6,4096}$/

/**
 * Reads what a person pastes after logging in: the whole address that the browser was sent to, its
 * query alone, `code#state`, or the bare code. Null for anything else; nothing of it is repeated.
 */
export function pastedCallback(text: string): Callback | null {
  const pasted = text.trim().replace(/^["'<]+|["'>]+$/g, "")
  if (pasted === "" || pasted.length > LONGEST || /\s/.test(pasted)) return null
  if (/^https?:\/\//i.test(pasted)) return fromUrl(pasted)
  if (/(^|[?&])(code|error)=/.test(pasted)) {
    return callbackFrom(new URLSearchParams(pasted.replace(/^[^?]*\?/, "")))
  }
  const [code = "", state, ...more] = pasted.split("#")
  if (!CODE.test(code) || more.length > 0) return null
  return { kind: "code", code: new Secret(code), state: state || null }
}

/** The answer of a login page in a redirect's query; null where it has neither a code nor an error. */
export function callbackFrom(query: URLSearchParams): Callback | null {
  const state = query.get("state")
  const code = query.get("code") ?? ""
  if (CODE.test(code)) return { kind: "code", code: new Secret(code), state }
  const error = query.get("error") ?? ""
  // The issuer's own words may be anything; only a code-like one is worth repeating.
  if (error !== "")
    return { kind: "refused", reason: /^\w{1,60}$/.test(error) ? error : "error", state }
  return null
}

function fromUrl(text: string): Callback | null {
  try {
    const url = new URL(text)
    return callbackFrom(url.searchParams) ?? callbackFrom(new URLSearchParams(url.hash.slice(1)))
  } catch {
    return null
  }
}

import { errnoOf } from "./errors.ts"

/**
 * What Bun 1.4.5 reports when the connection never stood, so that no byte of the request reached
 * the server: no address, no route, nobody listening, no tunnel through the proxy. Not here,
 * because they look the same after the request: `ECONNRESET`, timeouts, and `EPROTO`, which stands
 * for a failed handshake and for nonsense in an open TLS connection alike (measured).
 */
const NEVER_CONNECTED = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"],
  ...["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ERR_PROXY_TUNNEL"],
  ...["ERR_INVALID_URL", "ERR_INVALID_ARG_VALUE"],
])

/** OpenSSL's names for a certificate that was refused; that is before the request. */
const CERTIFICATE =
  /^(ERR_TLS_CERT_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/

/** True when the request certainly never reached the server. */
export function neverSent(detail: string): boolean {
  return NEVER_CONNECTED.has(detail) || CERTIFICATE.test(detail)
}

/**
 * The system's or the TLS library's own word for a failed request (`ECONNRESET` …). Messages are
 * not passed on: they quote the URL, and a header that was refused.
 */
export function failureCode(error: unknown): string {
  const cause = typeof error === "object" && error !== null ? Reflect.get(error, "cause") : null
  const code = errnoOf(error) ?? errnoOf(cause)
  return code !== null && /^[A-Za-z][A-Za-z0-9_]{1,60}$/.test(code) ? code : "unknown_error"
}

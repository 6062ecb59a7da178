/** What a failed exchange means, for the system's and Bun's words that say little to a person. */
const WORDS: readonly [RegExp, string][] = [
  [/^timeout$/, "no reply in time"],
  [/^ECONNREFUSED$/, "nobody answers there"],
  [/^(ENOTFOUND|EAI_\w+)$/, "its name can't be resolved; is this machine offline?"],
  [/^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL)$/, "there is no way to it; is this machine offline?"],
  [/^(ECONNRESET|EPIPE)$/, "the connection broke"],
  [/^ERR_PROXY_TUNNEL$/, "the proxy does not let us through"],
  [/^bad_encoding$/, "the reply is garbled"],
  [/^too_large$/, "the reply is too large"],
  [/^rate_limited$/, "it asks to wait before the next try"],
  [
    /^http_30[1-8]$/,
    "a redirect, which is not followed; does a network here want a login of its own?",
  ],
]

/** What the wire said, in words, with its own code behind for whoever looks it up. */
export function wireText(detail: string): string {
  const words = WORDS.find(([pattern]) => pattern.test(detail))?.[1]
  if (words === undefined) return spelt(detail)
  const code = /^[A-Z]/.test(detail) ? detail : /^http_/.test(detail) ? spelt(detail) : null
  return code === null ? words : `${words} (${code})`
}

function spelt(detail: string): string {
  return detail.replace(/^http_(\d{3})/, "HTTP $1")
}

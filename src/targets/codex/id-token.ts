import * as v from "valibot"

const text = v.nullish(v.string())

/** The claims that Codex reads; one of another type makes it refuse the whole file. */
const Claims = v.looseObject({
  email: text,
  "https://api.openai.com/profile": v.nullish(v.looseObject({ email: text })),
  "https://api.openai.com/auth": v.nullish(
    v.looseObject({
      chatgpt_plan_type: text,
      chatgpt_user_id: text,
      user_id: text,
      chatgpt_account_id: text,
      chatgpt_account_is_fedramp: v.optional(v.boolean()),
    }),
  ),
})

/**
 * True for what Codex CLI 0.169.0 accepts as `tokens.id_token` (run against the binary): three
 * non-empty parts, the middle one unpadded base64url JSON. Signature and expiry are never
 * checked, a claim need not be there.
 */
export function isCodexIdToken(token: string): boolean {
  const parts = token.split(".")
  const payload = parts[1]
  if (parts.length < 3 || payload === undefined) return false
  if (parts.slice(0, 3).some((part) => part === "")) return false
  const bytes = Buffer.from(payload, "base64url")
  if (bytes.toString("base64url") !== payload) return false
  try {
    return v.is(Claims, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)))
  } catch {
    return false
  }
}

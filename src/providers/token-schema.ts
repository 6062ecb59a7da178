import * as v from "valibot"
import { Secret } from "../system/secret.ts"

/** A token is what can stand in a header: one word of printable ASCII. */
const token = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]+$/),
  v.check((text) => !new Secret(text).blank),
)
const blank = v.pipe(v.string(), v.regex(/^\s*$/))

/** A token that a reply may leave out, or leave empty. */
export const OptionalToken = v.optional(v.nullable(v.union([blank, token])))

/** A span in seconds, within ten years; null for anything else. */
export const Seconds = v.fallback(
  v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(3.2e8))),
  null,
)

/** What stands in such a field, sealed; null for nothing. */
export function filledToken(value: string | null | undefined): Secret | null {
  const secret = value == null ? null : new Secret(value)
  return secret === null || secret.blank ? null : secret
}

/** A token that is stored already. */
export function storedToken(value: unknown): Secret | null {
  return value instanceof Secret && !value.blank ? value : null
}

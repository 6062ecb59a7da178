import * as v from "valibot"

/** Each part of a reply stands for itself: one that is missing or broken is null. */
export function lenient<const S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.nullable(schema), null)
}

/** One line of plain text, short enough to be a name. */
export const Name = lenient(
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(80),
    v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+$/u),
  ),
)

export const Flag = lenient(v.boolean())

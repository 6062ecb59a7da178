/** The value of a text in JSON with comments, as config files of people are; null where it is none. */
export function json5(text: string): unknown {
  try {
    return Bun.JSON5.parse(text)
  } catch {
    return null
  }
}

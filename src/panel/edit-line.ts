import type { Key } from "../system/decode-key.ts"

/** The text of a line after a key; keys without a meaning for text leave it. */
export function edited(text: string, key: Key): string {
  switch (key.kind) {
    case "char":
      return text + key.text
    case "paste":
      return text + oneLine(key.text)
    case "backspace":
      return withoutLast(text)
    case "erase_word":
      return text.replace(/\S*\s*$/u, "")
    case "erase_line":
      return ""
    default:
      return text
  }
}

/** A letter is what a person sees as one, with its accents. */
function withoutLast(text: string): string {
  const last = /\P{M}\p{M}*$/u.exec(text)
  return last === null ? "" : text.slice(0, last.index)
}

/** An address that was copied over several lines of a screen is one line again. */
function oneLine(pasted: string): string {
  return pasted.replace(/\s*[\r\n]+\s*/g, "").replace(/\p{Cc}/gu, "")
}

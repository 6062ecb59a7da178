import { scrub } from "../../domain/scrub.ts"
import { plain } from "./plain.ts"

const LONGEST = 40

/** A word as it was typed, fit to be shown in an error: short, one line, and never a token. */
export function quoteWord(word: string): string {
  const text = plain(scrub(word))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
}

/**
 * Text from outside (an e-mail, a plan name, a path) without anything that a terminal would obey:
 * escape sequences, control characters, line breaks and marks that turn the writing direction.
 */
export function plain(text: string): string {
  if (LETTERS.test(text)) return text
  return Bun.stripANSI(text).replace(OBEYED, "\ufffd")
}

/** What is plain already: letters and bars, nearly every text there is. */
const LETTERS = /^[ -~█░]*$/
const OBEYED = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** As {@link plain}, but for what aim has painted itself: the styles of `style.ts` stay. */
export function plainButPainted(text: string): string {
  return text
    .split(PAINT)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join("")
}

/** Bold, dim, the four colours, and the end of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const PAINT = /(\u001b\[(?:[012]|3[1236])m)/

import { scrub } from "../domain/scrub.ts"

const LONGEST = 200

/** Lines that say nothing of what went wrong: warnings of ssh, frames of a stack, its rulers. */
const NOISE = /^(\*\*|@@|Warning:|at |Node\.js v|Bun v|hint:|[\^~\s@]+$)/
/** How programs begin the line that says what stopped them. */
const ERROR = /^(?:\w*Error|error|fatal): (.+)$/

/**
 * The one line of what a remote program printed to stderr that says what went wrong: without
 * colours, control characters and what may be a token, and not long. Null where it said nothing.
 */
export function remoteLine(stderr: string): string | null {
  const lines = stderr.split(/[\r\n\u2028\u2029]+/).map(clean)
  const telling = lines.filter((line) => line !== "" && !NOISE.test(line))
  const named = telling.flatMap((line) => ERROR.exec(line)?.[1] ?? [])
  const line = named[0] ?? telling.at(-1)
  return line === undefined ? null : short(scrub(line))
}

/** Any text from the other side, on one line and harmless. */
export function remoteText(text: string): string {
  return short(scrub(clean(text)))
}

function clean(text: string): string {
  return Bun.stripANSI(text)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\ufffd]+/gu, " ")
    .replace(/ +/g, " ")
    .trim()
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text
}

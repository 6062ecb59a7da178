const REDACTED = "[redacted]"

/** Shapes that give a token away, however short. */
const KNOWN = [
  /\beyJ[\w-]*(\.[\w-]*){0,4}/g,
  /\b(sk|rt|at|sess)[-_.][\w.-]{6,}/gi,
  /\bBearer\s+[^\s"'`]+/gi,
]

/** A run that could be a token: long, and unlike the words that make up paths and names. */
const RUN = /[A-Za-z0-9+_=-]{20,}/g

/**
 * The text of an error that nobody foresaw, without anything that may be a token: JWTs, known
 * token prefixes, and every long run of letters and digits. Paths and words survive.
 */
export function scrub(text: string): string {
  const known = KNOWN.reduce((kept, pattern) => kept.replace(pattern, REDACTED), text)
  return known.replace(RUN, (run) => (isWord(run) ? run : REDACTED))
}

/** `captureNewestPairFromStore`, `secrets-json-backup`: letters only, and not too many. */
function isWord(run: string): boolean {
  return (
    run.length < 40 &&
    run.split(/[-_]|(?=[A-Z][a-z])/).every((word) => /^[A-Za-z]{0,15}$/.test(word))
  )
}

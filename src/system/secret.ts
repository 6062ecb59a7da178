const REDACTED = "[redacted]"
const inspect = Symbol.for("nodejs.util.inspect.custom")

/**
 * A token in memory. It prints as `[redacted]` in JSON, templates, errors and `console`;
 * {@link reveal} is the only way to the text, so every use of a token can be found by name.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  /** True when both hold the same text. */
  equals(other: Secret | null | undefined): boolean {
    return other != null && other.#text === this.#text
  }

  /**
   * True when there is nothing but white space, which a client leaves when its login died, or what
   * stands in the place of a token that somebody has hidden.
   */
  get blank(): boolean {
    const text = this.#text.trim()
    return text === "" || text === REDACTED
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [Symbol.toPrimitive](): string {
    return REDACTED
  }

  [inspect](): string {
    return REDACTED
  }
}

/** Keys whose string values are tokens wherever they stand in aim's own documents. */
const TOKEN_KEYS = new Set([
  "access",
  "refresh",
  "idToken",
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "id_token",
  "rawReply",
])

/**
 * A copy of a JSON tree in which every string under a token's key is a {@link Secret}.
 * Trees nested deeper than 200 levels are refused with a RangeError.
 */
export function seal(value: unknown, depth = 0): unknown {
  if (depth > 200) throw new RangeError("nested too deeply")
  if (Array.isArray(value)) return value.map((item) => seal(item, depth + 1))
  if (typeof value !== "object" || value === null || value instanceof Secret) return value
  const sealed: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) {
    if (key === "tokensExtra") sealed[key] = sealExtra(item, depth + 1)
    else if (typeof item === "string" && TOKEN_KEYS.has(key)) sealed[key] = new Secret(item)
    else sealed[key] = seal(item, depth + 1)
  }
  return sealed
}

/** What a client keeps among its tokens is taken for secret, but for where the login came from. */
function sealExtra(value: unknown, depth: number): unknown {
  if (depth > 200) throw new RangeError("nested too deeply")
  if (typeof value === "string") return new Secret(value)
  if (Array.isArray(value)) return value.map((item) => sealExtra(item, depth + 1))
  if (typeof value !== "object" || value === null || value instanceof Secret) return value
  const sealed: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) {
    sealed[key] = key === "oauth_provenance" ? seal(item, depth + 1) : sealExtra(item, depth + 1)
  }
  return sealed
}

/** The opposite of {@link seal}: a copy with every token as text, for a file that may hold it. */
export function unseal(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal()
  if (Array.isArray(value)) return value.map(unseal)
  if (typeof value !== "object" || value === null) return value
  const open: Record<string, unknown> = Object.create(null)
  for (const [key, item] of Object.entries(value)) open[key] = unseal(item)
  return open
}

/**
 * Does a window's scope cover a model? Providers spell scopes for people ("Opus", "Sonnet 4",
 * "GPT-5.3-Codex-Spark") and clients send model ids (`claude-opus-4-1`, `opus[1m]`), so the words of
 * the scope must stand side by side in the model's name. A scope that ends in a number does not
 * cover a longer version ("Sonnet 4" is not `claude-sonnet-4-5`), but may be followed by a date.
 * A feature's scope ("code review") covers no model.
 */
export function scopeCovers(scope: string, model: string): boolean {
  const wanted = words(scope)
  const given = words(model)
  if (wanted.length === 0) return false
  return given.some((_, start) => {
    if (!wanted.every((word, offset) => given[start + offset] === word)) return false
    return !(isVersion(wanted.at(-1)) && isVersion(given[start + wanted.length]))
  })
}

function words(name: string): string[] {
  return name.toLowerCase().match(/[a-z]+|\d+[a-z]*/g) ?? []
}

/** One or two digits; longer numbers are dates. */
function isVersion(word: string | undefined): boolean {
  return word !== undefined && /^\d{1,2}$/.test(word)
}

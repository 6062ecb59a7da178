import type { ArgsDef } from "citty"

/** A flag as declared: its full name, and whether a value follows. */
export type Flag = { name: string; takesValue: boolean; options: readonly string[] | undefined }

/** The flag of that name or one-letter alias among the declared arguments, or null. */
export function flagNamed(args: ArgsDef, typed: string): Flag | null {
  for (const [name, definition] of Object.entries(args)) {
    if (definition.type === "positional") continue
    const aliases: readonly string[] = [("alias" in definition && definition.alias) || []].flat()
    if (typed !== `--${name}` && !aliases.some((alias) => typed === `-${alias}`)) continue
    return {
      name,
      takesValue: definition.type === "string" || definition.type === "enum",
      options: definition.type === "enum" ? definition.options : undefined,
    }
  }
  return null
}

/** Every flag's name, with its dashes. */
export function flagNames(args: ArgsDef): string[] {
  return Object.entries(args)
    .filter(([, definition]) => definition.type !== "positional")
    .map(([name]) => `--${name}`)
}

/** `--name=value` in its parts; `value` is null when there is no `=`. */
export function cutFlag(word: string): { name: string; value: string | null } {
  const at = word.indexOf("=")
  if (at < 0) return { name: word, value: null }
  return { name: word.slice(0, at), value: word.slice(at + 1) }
}

/** True for what can't be a value of its own accord; a lone `-` means standard input. */
export function looksLikeFlag(word: string): boolean {
  return word.startsWith("-") && word !== "-"
}

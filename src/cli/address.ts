import { shellWord } from "../domain/shell-word.ts"
import { COMMANDS } from "./table/table.ts"

/** Gives a text in which every command reaches the homes that this run was sent to. */
export type Address = (text: string) => string

/** Where nothing chose other homes, or nothing is known of them yet. */
export const AS_IS: Address = (text) => text

/** The keys of our JSON documents that hold commands to type. */
const COMMAND_KEYS = new Set(["hint", "actionRequired", "mend"])

/**
 * A way out must not lead into other homes than the ones that were looked at: typed as it stands,
 * `aim restore …` after `aim --home /sandbox status` would act on the real home. Behind `aim` come
 * the flags that chose the homes; a variable that did is still set. Without such flags texts stay
 * as they are. A text that is addressed already stays as well.
 */
export function addressOf(flags: ReadonlyMap<string, string | true>): Address {
  const typed = ["home", "state"].flatMap((name) => {
    const value = flags.get(name)
    return typeof value === "string" && value.trim() !== "" ? [`--${name} ${shellWord(value)}`] : []
  })
  if (typed.length === 0) return AS_IS
  const words = [...new Set(COMMANDS.map(({ path }) => path.split(" ")[0]))].join("|")
  // Behind a letter it is another word; the `m` that ends a colour is none.
  const command = new RegExp(`(?<![\\w/.-](?<!\\x1b\\[\\d*m))aim (?=(?:${words})\\b)`, "g")
  const prefix = ["aim", ...typed, ""].join(" ")
  return (text) => text.replace(command, () => prefix)
}

/** A JSON document with its commands addressed; all else is as it was. */
export function addressDocument(document: object, address: Address): object {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return COMMAND_KEYS.has(key) ? address(value) : value
    if (typeof value !== "object" || value === null) return value
    if (Array.isArray(value)) return value.map((item) => walk(item, key))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]))
  }
  return walk(document, "") as object
}

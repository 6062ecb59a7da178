import { isReserved } from "../../domain/label.ts"
import { asShell } from "../../domain/shell.ts"
import { type Candidate, knownValues } from "../../operations/known-values.ts"
import { completionLines } from "../../render/completion-lines.ts"
import { variable } from "../../system/invocation.ts"
import { printLines } from "../outcome.ts"
import { type Place, placeOf } from "./place.ts"
import { typedInBash } from "./typed.ts"

/**
 * `aim __complete <shell> <words>`, which the completion scripts ask at every TAB: bash's line up
 * to the cursor, or the words before it and the one under it. Whatever is wrong, it answers with
 * nothing: nobody who presses TAB has asked for an error.
 */
export async function complete([name = "", ...words]: readonly string[]): Promise<number> {
  const shell = asShell(name)
  if (shell === null) return 0
  try {
    const typed =
      shell === "bash"
        ? typedInBash(words.join(" "))
        : { before: words.slice(0, -1), current: words.at(-1) ?? "" }
    const place = await placeOf(typed)
    const { kind } = place.offer
    const answer = kind === "dirs" || kind === "files" ? kind : await candidatesAt(place)
    printLines(completionLines(shell, answer, typed.current))
  } catch {
    // Said above.
  }
  return 0
}

async function candidatesAt({ offer, prefix, flags }: Place): Promise<Candidate[]> {
  const homes = { home: pathIn(flags.get("home")), state: pathIn(flags.get("state")) }
  if (offer.kind === "known") return withPrefix(prefix, await knownValues(offer.what, homes))
  if (offer.kind !== "words") return []
  const labels = offer.orLabel ? await knownValues("label", homes) : []
  const byName = labels.filter(({ value }) => !isReserved(value))
  return withPrefix(prefix, [...offer.words, ...byName])
}

function withPrefix(prefix: string, found: readonly Candidate[]): Candidate[] {
  return found.map(({ value, note }) => ({ value: `${prefix}${value}`, note }))
}

/** A flag's path; `$NAME` and `${NAME}` as the shell would expand them, as far as aim can tell. */
function pathIn(value: string | true | undefined): string | undefined {
  if (typeof value !== "string") return undefined
  return value.replace(/\$(?:(\w+)|\{(\w+)\})/g, (typed, bare, braced) => {
    return variable(bare ?? braced) ?? typed
  })
}

import { fail } from "../system/errors.ts"

/** `*` stands for any word; what follows the words does not matter. */
type Removed = { words: readonly string[]; instead: string }

const CHOOSE =
  "`aim codex use` chooses, `aim account disable` takes a label out of the choice, `aim why` says why"

const chooses = (client: string) =>
  `\`aim ${client} use\` chooses, \`--next\` moves on, \`aim account disable\` takes a label out of the choice`

/** What the reference program had, or once had, and aim has not (aimgr 4404b27 §2.2). */
const REMOVED: readonly Removed[] = [
  { words: ["pin"], instead: CHOOSE },
  { words: ["autopin"], instead: CHOOSE },
  {
    words: ["sync", "hermes"],
    instead:
      "a renewed login reaches the homes that aim knows by itself, `aim refresh` does it at once; Hermes homes are not among them yet",
  },
  { words: ["*", "codex", "use"], instead: chooses("codex") },
  { words: ["*", "pi", "use"], instead: chooses("pi") },
]

/** The removed command that these words begin with, as people write it; null for none. */
export function removedCommand(words: readonly string[]): { name: string; instead: string } | null {
  const found = REMOVED.find(({ words: wanted }) =>
    wanted.every((word, at) => words[at] !== undefined && (word === "*" || word === words[at])),
  )
  if (found === undefined) return null
  const name = found.words.map((word) => (word === "*" ? "<label>" : word)).join(" ")
  return { name, instead: found.instead }
}

/** Stops with what to type instead, where the words begin a command that was removed. */
export async function failIfRemoved(
  words: readonly string[],
  isLabel: (word: string) => Promise<boolean>,
): Promise<void> {
  const removed = removedCommand(words)
  if (removed === null) return
  const { name, instead } = removed
  const label = await isLabel(name)
  const own = label ? `; of the label \`${name}\`: \`aim login ${name}\`` : ""
  fail("removed", `\`aim ${name}\` is removed`, `${instead}${own}`, 2)
}

import type { Key } from "../system/decode-key.ts"

/** How far somebody has come in a menu. */
export type MenuState = {
  selected: number
  /** Digits that begin the key of more than one choice. */
  typed: string
  note: string | null
}

export type Pressed =
  | { kind: "moved"; state: MenuState }
  | { kind: "chosen"; index: number }
  | { kind: "left" }

export const FIRST: MenuState = { selected: 0, typed: "", note: null }

/** What a key does in a menu of these choices. */
export function pressed(
  state: MenuState,
  key: Key,
  choices: readonly { key: string; text: string }[],
): Pressed {
  const at = (selected: number, typed = ""): Pressed => ({
    kind: "moved",
    state: { selected, typed, note: null },
  })
  switch (key.kind) {
    case "up":
      return at((state.selected + choices.length - 1) % choices.length)
    case "down":
      return at((state.selected + 1) % choices.length)
    case "enter":
      return { kind: "chosen", index: state.selected }
    case "escape":
    case "end_of_input":
      return { kind: "left" }
    case "backspace":
    case "erase_word":
    case "erase_line":
    case "redraw":
      return at(state.selected)
    case "char":
      return typedAt(state, key.text, choices)
    default:
      return wrong(state, "a paste")
  }
}

function typedAt(
  state: MenuState,
  letter: string,
  choices: readonly { key: string; text: string }[],
): Pressed {
  const typed = state.typed + letter
  const begun = indexesWhere(choices, (choice) => choice.key.startsWith(typed))
  const exact = choices.findIndex((choice) => choice.key === typed)
  if (exact >= 0 && begun.length === 1) return { kind: "chosen", index: exact }
  const [first] = begun
  if (first !== undefined) {
    const selected = exact >= 0 ? exact : first
    return { kind: "moved", state: { selected, typed, note: null } }
  }
  const named = indexesWhere(choices, ({ text }) => firstLetter(text) === letter.toLowerCase())
  const [only] = named
  if (only === undefined || state.typed !== "") return wrong(state, `\`${typed}\``)
  if (named.length === 1) return { kind: "chosen", index: only }
  const next = named.find((index) => index > state.selected) ?? only
  return { kind: "moved", state: { selected: next, typed: "", note: null } }
}

function wrong(state: MenuState, what: string): Pressed {
  const note = `${what} is none of the choices.`
  return { kind: "moved", state: { selected: state.selected, typed: "", note } }
}

function indexesWhere<T>(items: readonly T[], fits: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (fits(item) ? [index] : []))
}

function firstLetter(text: string): string {
  return (Array.from(text.trim())[0] ?? "").toLowerCase()
}

/** The choice that a typed line means, by its key, its first letter or its words; null if none or several. */
export function choiceOf(
  line: string,
  choices: readonly { key: string; text: string }[],
): number | null {
  const typed = line.trim().toLowerCase()
  if (typed === "") return null
  const exact = choices.findIndex(({ key }) => key.toLowerCase() === typed)
  if (exact >= 0) return exact
  const named = indexesWhere(choices, ({ text }) => text.trim().toLowerCase().startsWith(typed))
  return named.length === 1 ? (named[0] ?? null) : null
}

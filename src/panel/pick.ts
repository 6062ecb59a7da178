import type { Choice, Prompter } from "./prompter.ts"
import { subMenu } from "./sub-menu.ts"

/** Something that was found, as it is offered. */
export type Found<T> = Omit<Choice<T>, "key">

/** `by_hand`: none of them, the person wants to say it. */
export type Picked<T> = { kind: "found"; value: T } | { kind: "by_hand" }

/** A menu's keys are digits: 0 is the way back, and one is for the entry by hand. */
const ON_ONE_PAGE = 8
const ON_A_PAGE = 7

/**
 * One of the things that were found, or the entry by hand; null for back. More than a menu has keys
 * for are shown in pages.
 */
export async function pick<T>(
  prompter: Prompter,
  header: readonly string[],
  found: readonly Found<T>[],
): Promise<Picked<T> | null> {
  const size = found.length <= ON_ONE_PAGE ? ON_ONE_PAGE : ON_A_PAGE
  for (let from = 0; ; from = from + size < found.length ? from + size : 0) {
    const page = found.slice(from, from + size)
    const options: Found<Picked<T> | "more" | "back">[] = [
      ...page.map(({ value, ...shown }) => ({
        value: { kind: "found" as const, value },
        ...shown,
      })),
      ...(size < found.length ? [{ value: "more" as const, text: "More", details: [] }] : []),
      { value: { kind: "by_hand" }, text: "Enter it by hand", details: [] },
      { value: "back", text: "Back", details: [] },
    ]
    const choices = options.map((option, at) => ({
      ...option,
      key: option.value === "back" ? "0" : String(at + 1),
    }))
    const answer = await subMenu(prompter, { header, choices })
    if (answer === null || answer === "back") return null
    if (answer !== "more") return answer
  }
}

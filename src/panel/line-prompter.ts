import type { Frame } from "../render/layout/frame.ts"
import { plain } from "../render/layout/plain.ts"
import { menuLines } from "../render/menu.ts"
import { printError } from "../system/print.ts"
import { askLine } from "../system/terminal.ts"
import { choiceOf } from "./menu-keys.ts"
import type { Question } from "./prompter.ts"

const ESCAPE = "\u001b"

/** {@link Prompter.choose} without moving a cursor: a printed menu, and a typed line. */
export async function chooseByLine<T>(question: Question<T>, frame: Frame): Promise<T | null> {
  const { header, choices } = question
  const menu = { header, choices, selected: null, note: null, open: false }
  printError([...menuLines(menu, frame, Number.POSITIVE_INFINITY), ""])
  for (;;) {
    const line = await askLine("Number or word (ctrl-D leaves): ")
    if (line === null || line.trim() === ESCAPE) return null
    const index = choiceOf(line, choices)
    if (index !== null) return choices[index]?.value ?? null
    if (line.trim() !== "") printError([`\`${plain(line.trim())}\` is none of the choices.`])
  }
}

/** {@link Prompter.ask} by an ordinary line of the terminal. */
export async function askByLine(
  question: string,
  problem: (answer: string) => string | null,
): Promise<string | null> {
  for (;;) {
    const line = await askLine(`${plain(question)} `)
    if (line === null || line.trim() === ESCAPE) return null
    const note = problem(line)
    if (note === null) return line
    printError([plain(note)])
  }
}

import { inputLines } from "../render/input-line.ts"
import type { Frame } from "../render/layout/frame.ts"
import { plain } from "../render/layout/plain.ts"
import { paint } from "../render/layout/style.ts"
import { type Menu, menuLines } from "../render/menu.ts"
import { withKeyboard } from "../system/keyboard.ts"
import { edited } from "./edit-line.ts"
import { canvas, type LiveArea, liveArea } from "./live-area.ts"
import { FIRST, type MenuState, pressed } from "./menu-keys.ts"
import type { Question } from "./prompter.ts"

const never = new AbortController().signal

/** {@link Prompter.choose} by keys; the menu stays on the screen, with what was chosen. */
export async function chooseByKeys<T>(question: Question<T>, frame: Frame): Promise<T | null> {
  const { header, choices } = question
  const area = liveArea()
  const draw = (menu: Menu) => {
    const { columns, rows } = canvas() ?? { columns: frame.width, rows: 24 }
    area.draw(menuLines(menu, { ...frame, width: columns }, rows - 1))
  }
  return withKeyboard(
    async (next) => {
      let state: MenuState = FIRST
      for (;;) {
        draw({ header, choices, ...state, open: true })
        const step = pressed(state, await next(), choices)
        if (step.kind === "moved") state = step.state
        else {
          const selected = step.kind === "chosen" ? step.index : null
          draw({ header, choices, selected, note: null, open: false })
          return selected === null ? null : (choices[selected]?.value ?? null)
        }
      }
    },
    { leave: area.leave, signal: never },
  )
}

/** {@link Prompter.ask} by keys: the line can be edited, Esc leaves it. */
export async function askByKeys(
  question: string,
  problem: (answer: string) => string | null,
  frame: Frame,
): Promise<string | null> {
  const area = liveArea()
  return withKeyboard(
    async (next) => {
      let [typed, note]: [string, string | null] = ["", null]
      for (;;) {
        drawInput(area, note, question, typed, frame)
        const key = await next()
        if (key.kind === "escape" || key.kind === "end_of_input") {
          area.leave()
          return null
        }
        if (key.kind === "enter") {
          note = problem(typed)
          if (note === null) {
            area.leave()
            return typed
          }
          typed = ""
        } else typed = edited(typed, key)
      }
    },
    { leave: area.leave, signal: never },
  )
}

function drawInput(
  area: LiveArea,
  note: string | null,
  question: string,
  typed: string,
  frame: Frame,
): void {
  const now = { ...frame, width: canvas()?.columns ?? frame.width }
  const { lines, column } = inputLines(question, typed, now)
  const above = note === null ? [] : [paint(now, "yellow", plain(note))]
  area.draw([...above, ...lines], column)
}

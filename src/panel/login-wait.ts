import type { Conversation } from "../domain/conversation.ts"
import { inputLines } from "../render/input-line.ts"
import type { Frame } from "../render/layout/frame.ts"
import { plain } from "../render/layout/plain.ts"
import { clockText } from "../render/waiting.ts"
import { elapsed } from "../system/clock.ts"
import { fail } from "../system/errors.ts"
import { withKeyboard } from "../system/keyboard.ts"
import { printError } from "../system/print.ts"
import { edited } from "./edit-line.ts"
import { canvas, liveArea } from "./live-area.ts"

/** Often enough that no second is left out. */
const LOOK_MS = 250

/**
 * A login's conversation on a screen: the time that is left is counted down in one line, in which
 * an address may be pasted meanwhile. Esc in it stops with `login_left`.
 */
export function loginWait(frame: Frame): Pick<Conversation, "tell" | "waits" | "line"> {
  const area = liveArea()
  let end: number | null = null
  let typed: string | null = null
  let shown = ""
  const draw = () => {
    if (end === null && typed === null) return
    const width = canvas()?.columns ?? frame.width
    const left = end === null ? "" : `${clockText(end - elapsed())} left `
    const { lines, column } = inputLines(`${left}>`, typed ?? "", { ...frame, width })
    if (typed === null) area.draw([left.trimEnd()])
    else area.draw(lines, column)
    shown = left
  }
  const tell = (line: string) => {
    area.erase()
    printError([plain(line)])
    draw()
  }
  return {
    tell,
    waits: (text, limitMs) => {
      tell(text)
      end = elapsed() + limitMs
      draw()
      const timer = setInterval(() => {
        if (end !== null && `${clockText(end - elapsed())} left ` !== shown) draw()
      }, LOOK_MS)
      return () => {
        clearInterval(timer)
        end = null
        area.erase()
      }
    },
    line: async (signal) => {
      const line = await readAnswer(signal)
      typed = null
      area.erase()
      draw()
      return line === "left"
        ? fail("login_left", "the login was left before its end; nothing was changed", "try again")
        : line.text
    },
  }

  async function readAnswer(signal: AbortSignal): Promise<"left" | { text: string | null }> {
    return withKeyboard(
      async (next) => {
        for (typed = ""; ; ) {
          draw()
          const key = await next()
          if (key.kind === "escape") return "left"
          if (key.kind === "end_of_input") return { text: null }
          typed = edited(typed, key)
          if (key.kind === "enter" || (key.kind === "paste" && /[\r\n]$/.test(key.text)))
            return { text: typed }
        }
      },
      { leave: area.leave, signal },
    )
  }
}

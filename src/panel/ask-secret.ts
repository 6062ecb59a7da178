import { plain } from "../render/layout/plain.ts"
import { withKeyboard } from "../system/keyboard.ts"
import { writeError } from "../system/print.ts"
import { Secret } from "../system/secret.ts"
import { edited } from "./edit-line.ts"

const never = new AbortController().signal

/** Asks at the terminal, on stderr, for a line that is not shown; null when the person leaves. */
export async function askSecret(question: string): Promise<Secret | null> {
  const ask = () => writeError(`${plain(question)} `)
  return withKeyboard(
    async (next) => {
      let typed = ""
      ask()
      for (;;) {
        const key = await next()
        if (key.kind === "redraw") ask()
        else if (key.kind === "escape" || key.kind === "end_of_input") return left(null)
        else if (key.kind === "enter") return left(new Secret(typed))
        else typed = edited(typed, key)
      }
    },
    { leave: () => writeError("\n"), signal: never },
  )
}

/** The line of the question ends, whatever the answer was. */
function left(answer: Secret | null): Secret | null {
  writeError("\n")
  return answer
}

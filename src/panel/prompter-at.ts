import type { Frame } from "../render/layout/frame.ts"
import { plainButPainted } from "../render/layout/plain.ts"
import { printError } from "../system/print.ts"
import { terminal } from "../system/terminal.ts"
import { waitBusy } from "./busy.ts"
import { confirm } from "./confirm.ts"
import { askByKeys, chooseByKeys } from "./key-prompter.ts"
import { askByLine, chooseByLine } from "./line-prompter.ts"
import { canvas } from "./live-area.ts"
import type { Prompter } from "./prompter.ts"

/**
 * The person at the terminal: by keys and a picture that is drawn anew, or, where the cursor can't
 * be moved (`TERM=dumb`), by printed menus and typed lines. Everything is written to stderr; the
 * terminal is only in another mode while something is asked.
 */
export function prompterAt(frame: Frame): Prompter {
  const byKeys = canvas() !== null && terminal().stdinIsTerminal
  const ask: Prompter["ask"] = (question, problem = () => null) =>
    byKeys ? askByKeys(question, problem, frame) : askByLine(question, problem)
  return {
    choose: (question) => (byKeys ? chooseByKeys(question, frame) : chooseByLine(question, frame)),
    ask,
    confirm: (question) => confirm((text) => ask(text.trimEnd()), question),
    say: (lines) => {
      if (lines.length > 0) printError(lines.map(plainButPainted))
    },
    busy: (waitsFor, limitSeconds, work) => waitBusy(waitsFor, limitSeconds, work, frame),
  }
}

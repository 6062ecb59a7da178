import { takeNotices } from "../system/notices.ts"
import { terminal } from "../system/terminal.ts"
import { AS_IS } from "./address.ts"
import { cutAtDashes } from "./cut.ts"
import { fence } from "./fence.ts"
import { findCommand } from "./find-command.ts"
import { asksForHelp } from "./global-flags.ts"
import { type JsonMode, printFailure, printOutput, printStream } from "./outcome.ts"
import { commandAt } from "./table/table.ts"
import { printHelp, withoutCommand } from "./without-command.ts"

/** Takes a command line to its command, prints what came of it, and gives the exit code. */
export async function dispatch(argv: readonly string[]): Promise<number> {
  const code = await answer(argv)
  const notices = takeNotices()
  if (notices.length > 0) (await import("./print-notices.ts")).printNotices(notices)
  return code
}

async function answer(argv: readonly string[]): Promise<number> {
  const line = cutAtDashes(argv)
  let address = AS_IS
  let mode: JsonMode = line.before.includes("--json") ? "asked" : null
  try {
    const { path, tokens } = findCommand(line.before)
    if (asksForHelp(line.before)) return await printHelp(path, mode)
    const row = commandAt(path)
    if (row === undefined) return await withoutCommand(path, tokens, line, mode)
    const { default: command } = await row.load()
    if (mode === null && command.meta.mutates && !terminal().stdoutIsTerminal) mode = "piped"
    const call = fence(path, command, tokens, line.after)
    const context = await (await import("./context.ts")).contextOf(call.flags, mode !== null)
    address = context.address
    const output = await command.invoke(call.rawArgs, context)
    return "lines" in output ? await printStream(output) : printOutput(output, mode, address)
  } catch (error) {
    return printFailure(error, mode, address)
  }
}

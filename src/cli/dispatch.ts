import { takeNotices } from "../system/notices.ts"
import { terminal } from "../system/terminal.ts"
import { AS_IS } from "./address.ts"
import { type CommandLine, cutAtDashes } from "./cut.ts"
import { fence } from "./fence.ts"
import { findCommand } from "./find-command.ts"
import { looksLikeFlag } from "./flags.ts"
import { asksForHelp } from "./global-flags.ts"
import type { LabelCall } from "./label-call.ts"
import { type JsonMode, printFailure, printOutput } from "./outcome.ts"
import { printStream } from "./print-stream.ts"
import { commandAt } from "./table/table.ts"
import { printHelp, withoutCommand } from "./without-command.ts"

/** A line without words needs nothing of labels: `aim` and `aim --version` are quick. */
async function labelCallIn(
  tokens: readonly string[],
  line: CommandLine,
  json: boolean,
): Promise<LabelCall | null> {
  if (tokens.every(looksLikeFlag) && line.after.length === 0) return null
  return (await import("./label-call.ts")).labelCall(tokens, line, json)
}

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
    const found = findCommand(line.before)
    const { tokens } = found
    if (asksForHelp(line.before)) return await printHelp(found.path, mode)
    const label = found.path === "" ? await labelCallIn(tokens, line, mode !== null) : null
    const path = label === null ? found.path : "login"
    const row = commandAt(path)
    if (row === undefined) return await withoutCommand(path, tokens, line, mode)
    const command =
      label === "panel" ? (await import("./label-panel.ts")).PANEL : (await row.load()).default
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

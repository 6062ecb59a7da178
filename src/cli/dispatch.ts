import { jsonDocument } from "../render/json.ts"
import { failUsage } from "../system/errors.ts"
import { terminal } from "../system/terminal.ts"
import { VERSION } from "../system/version.ts"
import { AS_IS } from "./address.ts"
import { type CommandLine, cutAtDashes } from "./cut.ts"
import { fence } from "./fence.ts"
import { failUnknownCommand, findCommand } from "./find-command.ts"
import { asksForHelp, GLOBAL_FLAGS, ROOT_FLAGS } from "./global-flags.ts"
import { type JsonMode, printFailure, printLines, printOutput, printStream } from "./outcome.ts"
import { readFlags } from "./read-flags.ts"
import { commandAt } from "./table/table.ts"

/** Takes a command line to its command, prints what came of it, and gives the exit code. */
export async function dispatch(argv: readonly string[]): Promise<number> {
  const line = cutAtDashes(argv)
  let address = AS_IS
  let mode: JsonMode = line.before.includes("--json") ? "asked" : null
  try {
    const { path, tokens } = findCommand(line.before)
    if (asksForHelp(line.before)) return await printHelp(path)
    const row = commandAt(path)
    if (row === undefined) return await withoutCommand(path, tokens, line)
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

/** `aim`, `aim codex`, `aim help codex use`, `aim --version`, or a word that leads nowhere. */
async function withoutCommand(path: string, tokens: readonly string[], line: CommandLine) {
  const { flags, words } = readFlags(path, tokens, path === "" ? ROOT_FLAGS : GLOBAL_FLAGS)
  const [word, ...rest] = [...words, ...line.after]
  if (flags.has("version")) {
    if (word !== undefined)
      failUsage("unexpected_argument", "`--version` stands alone", "aim --version")
    printLines([flags.has("json") ? jsonDocument({ version: VERSION }) : `aim ${VERSION}`])
    return 0
  }
  if (path === "" && word === "help") {
    const asked = findCommand(rest)
    if (asked.tokens[0] !== undefined) failUnknownCommand(asked.path, asked.tokens[0])
    return await printHelp(asked.path)
  }
  if (word === undefined) return await printHelp(path)
  if (path === "") await (await import("./label-word.ts")).failIfLabel(flags, word)
  return failUnknownCommand(path, word)
}

async function printHelp(path: string): Promise<number> {
  const { helpPage } = await import("./help.ts")
  printLines((await import("../render/help.ts")).helpLines(await helpPage(path)))
  return 0
}

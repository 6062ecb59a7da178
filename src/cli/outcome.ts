import { scrub } from "../domain/scrub.ts"
import { jsonDocument } from "../render/json.ts"
import { PLAIN } from "../render/layout/frame.ts"
import { problemDocument, problemLines } from "../render/problem.ts"
import { AimError } from "../system/errors.ts"
import { debugging } from "../system/invocation.ts"
import { OUTPUT_UNWRITABLE, printError, printOut } from "../system/print.ts"
import { AS_IS, addressDocument } from "./address.ts"
import type { Output } from "./command.ts"
import { problemIn } from "./problem-in.ts"

/** `asked` by `--json`, `piped` because a changing command's output is no terminal. */
export type JsonMode = "asked" | "piped" | null

/** Prints a command's result on stdout and gives its exit code. */
export function printOutput(output: Output, mode: JsonMode, address = AS_IS): number {
  if (mode !== null) printOut(`${jsonDocument(addressDocument(output.json, address))}\n`)
  else printLines(output.text.map(address))
  return output.exit
}

/** Prints lines on stdout. */
export function printLines(lines: readonly string[]): void {
  if (lines.length > 0) printOut(`${lines.join("\n")}\n`)
}

/** Prints what stopped a command and gives its exit code: the one place where that is decided. */
export function printFailure(error: unknown, mode: JsonMode, address = AS_IS): number {
  const bare = problemIn(error)
  const problem = bare.hint === undefined ? bare : { ...bare, hint: address(bare.hint) }
  const deaf = problem.code === OUTPUT_UNWRITABLE
  if (mode !== null && !deaf) printOut(`${jsonDocument(problemDocument(problem))}\n`)
  // Somebody may sit in front of a pipe as well: `aim codex use | jq` must not fail in silence.
  if (mode !== "asked" || deaf) printError(problemLines(problem, PLAIN))
  if (debugging() && !(error instanceof AimError)) printError(stackOf(error))
  return error instanceof AimError ? error.exit : 1
}

function stackOf(error: unknown): string[] {
  const frames = error instanceof Error ? (error.stack ?? "").split("\n") : []
  return frames.filter((line) => /^\s*at /.test(line)).map(scrub)
}

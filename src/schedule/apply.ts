import { dirname, join } from "node:path"
import { shellLine } from "../domain/shell-word.ts"
import { errnoOf, fail, isFull } from "../system/errors.ts"
import { ensureFolder, removeFile, writeAtomic } from "../system/files.ts"
import { makeTempDir, removeTempDir } from "../system/temp-dir.ts"
import type { Machine } from "./machine.ts"
import type { Step } from "./plan.ts"

/** Everybody may read a unit: there is no secret in it. */
const UNIT_MODE = 0o644

/**
 * Takes the steps one after the other, and stops at the first that fails. As root nothing is done
 * but these single commands: aim never starts itself again with other rights.
 */
export async function apply(machine: Machine, steps: readonly Step[]): Promise<void> {
  const stage = makeTempDir("aim-units-")
  try {
    for (const step of steps) await take(machine, step, stage)
  } finally {
    removeTempDir(stage)
  }
}

/** A command as this user has to start it where it may need root. */
export function withRights(
  { uid }: Machine,
  asRoot: boolean,
  argv: readonly string[],
): readonly string[] {
  return asRoot && uid !== 0 ? ["sudo", ...argv] : argv
}

/** The command lines of the steps that are commands, as a person would type them. */
export function commandLines(machine: Machine, steps: readonly Step[]): string[] {
  return steps.flatMap((step) => {
    const argv = commandOf(step, "FILE")
    return argv === null ? [] : [shellLine(withRights(machine, step.asRoot, argv))]
  })
}

async function take(machine: Machine, step: Step, stage: string): Promise<void> {
  if (step.act !== "run" && !step.asRoot) return changeFile(step)
  const staged = join(stage, "unit")
  if (step.act === "write") await writeAtomic(staged, step.text)
  const argv = commandOf(step, staged)
  if (argv === null) return
  const command = withRights(machine, step.asRoot, argv)
  const { code, stderr } = await machine.run(command)
  if (code !== 0 && !(step.act === "run" && step.mayFail)) failed(command, code, stderr)
}

async function changeFile(step: Exclude<Step, { act: "run" }>): Promise<void> {
  try {
    if (step.act === "remove") return await removeFile(step.path)
    await ensureFolder(dirname(step.path))
    await writeAtomic(step.path, step.text, { mode: UNIT_MODE })
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === null) throw error
    fail(
      "unit_not_written",
      `${step.path} can't be ${step.act === "write" ? "written" : "removed"} (${errno})`,
      isFull(errno)
        ? "make room on the disk, then run this again"
        : "check the owner and permissions of its folder, and whether it is a link to nowhere; then run this again",
    )
  }
}

/** Null for what aim does itself. */
function commandOf(step: Step, staged: string): readonly string[] | null {
  if (step.act === "run") return step.argv
  if (!step.asRoot) return null
  return step.act === "remove"
    ? ["rm", "-f", "--", step.path]
    : ["install", "-m", UNIT_MODE.toString(8), staged, step.path]
}

function failed(command: readonly string[], code: number, stderr: string): never {
  const why = stderr.trim().split("\n")[0] ?? ""
  return fail(
    "schedule_command_failed",
    `\`${shellLine(command)}\` ended with exit code ${code}${why === "" ? "" : `: ${why}`}`,
    "mend that, then run this again: what is done already is not done twice",
  )
}

import { fail, type Problem } from "../system/errors.ts"
import { readText } from "../system/read-file.ts"
import type { Scope, UnitFile, WrittenJob } from "./job.ts"
import type { Machine } from "./machine.ts"
import type { Scheduler } from "./scheduler.ts"

/** A definition that lies on this machine, by the manager's name for it. */
export type Found = {
  name: string
  scope: Scope
  /** Those of its files that are there. */
  files: UnitFile[]
  /** What stands in the place of one of them and is none, such as a masked unit's `/dev/null`. */
  unusable: Problem[]
  /** Null where they start nothing. */
  written: WrittenJob | null
}

const SCOPES = ["user", "system"] as const satisfies readonly Scope[]
const LARGEST = 64 * 1024

/** The definitions of that name, in the user's folder and in the machine's. */
export async function findDefinitions(
  machine: Machine,
  scheduler: Scheduler,
  name: string,
): Promise<Found[]> {
  const all = await Promise.all(
    SCOPES.map(async (scope) => {
      const paths = scheduler.paths(machine.folders[scope], name)
      const read = await Promise.all(paths.map(readUnit))
      const files = read.flatMap(({ file }) => file ?? [])
      const unusable = read.flatMap(({ problem }) => problem ?? [])
      return { name, scope, files, unusable, written: scheduler.read(files) }
    }),
  )
  return all.filter(({ files, unusable }) => files.length + unusable.length > 0)
}

/** Stops where a definition is not whole: nothing is put in the place of what aim can't read. */
export function refuseUnusable(found: readonly Found[]): void {
  const [problem] = found.flatMap(({ unusable }) => unusable)
  if (problem !== undefined) fail(problem.code, problem.message, problem.hint)
}

type Read = { file?: UnitFile; problem?: Problem }

async function readUnit(path: string): Promise<Read> {
  const file = await readText(path, LARGEST)
  if (file.kind === "absent") return {}
  if (file.kind === "text") return { file: { path, text: file.text } }
  const problem = {
    code: "unit_unusable",
    message: `${path} can't be used (${file.why})`,
    hint: "if it is masked, `systemctl unmask` it (with --user where it is yours); else move it away",
  }
  return { problem }
}

import { fail } from "../system/errors.ts"
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
      const files = (await Promise.all(paths.map(readUnit))).flat()
      return { name, scope, files, written: scheduler.read(files) }
    }),
  )
  return all.filter(({ files }) => files.length > 0)
}

/** Stops where something else than a file stands there, such as a masked unit's `/dev/null`. */
async function readUnit(path: string): Promise<UnitFile[]> {
  const file = await readText(path, LARGEST)
  if (file.kind === "absent") return []
  if (file.kind === "text") return [{ path, text: file.text }]
  return fail(
    "unit_unusable",
    `${path} can't be used (${file.why})`,
    "if it is masked, `systemctl unmask` it (with --user where it is yours); else move it away",
  )
}

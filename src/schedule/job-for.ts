import { dirname, join } from "node:path"
import { fail } from "../system/errors.ts"
import type { Homes } from "../system/homes.ts"
import { isWithin, realPath } from "../system/real-path.ts"
import type { Carried } from "./environment.ts"
import type { Job } from "./job.ts"

export type Wanted = {
  target: string
  everySeconds: number
  /** Percent of the 5h window below which a label is left. */
  threshold: number
  program: string
  owner: Job["owner"]
  /** False where another user's home is watched: its own `HOME` is then the chosen home. */
  ownHome: boolean
  /** Homes that logins were captured from. */
  stores: readonly string[]
}

/** The watch of one target as this call would run it, with whole paths. */
export function jobFor(homes: Homes, carried: Carried, wanted: Wanted): Job {
  const { target, everySeconds, threshold, program, owner, ownHome, stores } = wanted
  const home = ownHome ? homes.env.HOME?.trim() || homes.userHome : homes.userHome
  const state = realPath(homes.stateFile)
  const isDefault = homes.stateFile === join(homes.userHome, ".aimgr", "secrets.json")
  const places = [homes.userHome, dirname(state), ...carried.folders, ...stores].map((path) =>
    realPath(path),
  )
  const job: Job = {
    target,
    argv: [
      program,
      ...[target, "watch", "--once"],
      ...["--interval-seconds", String(everySeconds)],
      ...["--rotate-below-5h-remaining-pct", String(threshold)],
      ...(homes.sandboxed && ownHome ? ["--home", homes.userHome] : []),
      ...(isDefault ? [] : ["--state", homes.stateFile]),
    ],
    environment: { HOME: home, ...carried.environment },
    everySeconds,
    owner,
    writable: outermost(places),
    logFile: join(dirname(state), `watch-${target}.log`),
  }
  for (const text of [...job.argv, ...Object.values(job.environment), ...job.writable])
    refuseControl(text)
  return job
}

/** A folder in another one of them needs no line of its own. */
function outermost(places: readonly string[]): string[] {
  const all = [...new Set(places)]
  return all.filter((place) => !all.some((other) => other !== place && isWithin(other, place)))
}

/** Neither a unit nor a plist can say a line break in a path. */
function refuseControl(text: string): void {
  const holds = [...text].some((letter) => letter < " " || letter === "\u007f")
  if (holds)
    fail(
      "path_not_schedulable",
      "a path or variable that the watch needs holds a line break or another control letter",
      "rename that folder, or unset that variable",
    )
}

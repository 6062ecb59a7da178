import { join } from "node:path"
import { realPath } from "../system/real-path.ts"
import type { WrittenJob } from "./job.ts"

/** The real path of the state file that an installed watch works on; null where it names none. */
export function watchedState({
  argv,
  environment,
}: Pick<WrittenJob, "argv" | "environment">): string | null {
  const flag = (name: string) => {
    const at = argv.indexOf(`--${name}`)
    return at < 0 ? undefined : argv[at + 1]
  }
  const home = flag("home") ?? environment.AIM_HOME ?? environment.HOME
  const state = flag("state") ?? (home === undefined ? null : join(home, ".aimgr", "secrets.json"))
  return state === null ? null : realPath(state)
}

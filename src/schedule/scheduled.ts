import type { Homes } from "../system/homes.ts"
import { realPath } from "../system/real-path.ts"
import { type Found, findDefinitions } from "./found.ts"
import { thisMachine } from "./machine.ts"
import { schedulerOf } from "./registry.ts"
import { watchedState } from "./watched-state.ts"

/**
 * The installed definition that watches a target on this very state, aim's own or the reference
 * program's; null without one. Only files are read: a timer that is stopped for now counts as well, one that is masked
 * or no timer at all does not.
 */
export async function scheduledWatch(homes: Homes, target: string): Promise<Found | null> {
  const machine = thisMachine(homes)
  const scheduler = schedulerOf(machine)
  const state = realPath(homes.stateFile)
  for (const name of [scheduler.name(target), scheduler.formerName(target)]) {
    const found = await findDefinitions(machine, scheduler, name)
    const match = found.find(
      ({ written, unusable }) =>
        written !== null && unusable.length === 0 && watchedState(written) === state,
    )
    if (match !== undefined) return match
  }
  return null
}

import { launchd } from "./launchd.ts"
import type { Machine } from "./machine.ts"
import type { Scheduler } from "./scheduler.ts"
import { systemd } from "./systemd.ts"

/** The manager of this machine. */
export function schedulerOf(machine: Machine): Scheduler {
  return machine.platform === "darwin" ? launchd(machine) : systemd(machine)
}

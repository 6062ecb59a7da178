import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { SILENT } from "../../../src/domain/conversation.ts"
import { installSchedule } from "../../../src/operations/schedule-install.ts"
import { removeSchedule } from "../../../src/operations/schedule-remove.ts"
import { scheduleStatus } from "../../../src/operations/schedule-status.ts"
import type { Machine } from "../../../src/schedule/machine.ts"
import type { Homes } from "../../../src/system/homes.ts"
import { runChild } from "../../../src/system/spawn.ts"
import { tempFolder } from "../temp-folder.ts"
import { fakeManagers } from "./fake-managers.ts"

export const USUAL = {
  ...{ scope: null, everySeconds: 300, threshold: 20, print: false, yes: false },
} as const

/** A home and a machine with stand-ins for its managers, whose own folders lie in temp folders. */
export async function standInMachine(platform: Machine["platform"] = "linux") {
  const root = tempFolder("machine")
  const home = join(root, "my home ü")
  const folders = { user: join(home, "units"), system: join(root, "etc units") }
  await mkdir(home)
  await mkdir(folders.system)
  const managers = await fakeManagers(folders)
  await managers.set({ ticks: false })
  const env = { PATH: managers.path, HOME: home }
  const homes: Homes = {
    ...{ userHome: home, sandboxed: false, env, cwd: home },
    stateFile: join(home, ".aimgr", "secrets.json"),
  }
  const machine: Machine = {
    ...{ platform, folders, hasSudo: true, uid: process.geteuid?.() ?? 0 },
    run: (argv) => runChild(argv, { env }),
  }
  return {
    ...{ root, home, folders, homes, machine, managers },
    install: (how: Partial<Parameters<typeof installSchedule>[2]> = {}, at = machine) =>
      installSchedule(homes, "codex", { ...USUAL, ...how }, SILENT, at),
    remove: (at = machine) => removeSchedule(homes, "codex", SILENT, at),
    status: async () => {
      const [watch] = await scheduleStatus(homes, "codex", machine)
      if (watch === undefined) throw new Error("no status")
      return watch
    },
  }
}

import { join } from "node:path"
import type { Homes } from "../system/homes.ts"
import { userId } from "../system/machine.ts"
import { type ChildResult, runChild } from "../system/spawn.ts"
import { platform } from "../system/start-detached.ts"
import { findProgram } from "../system/which.ts"
import type { Scope } from "./job.ts"

/** What of this machine decides where a definition lies and who may put it there. */
export type Machine = {
  platform: "linux" | "darwin"
  uid: number
  /** The folders of the definitions. */
  folders: Readonly<Record<Scope, string>>
  /** True where `sudo` can be started. */
  hasSudo: boolean
  /** Runs one of the system's own programs, found on PATH. */
  run(argv: readonly string[]): Promise<ChildResult>
}

/** This machine. A manager serves its user's own home, whatever home aim was sent to. */
export function thisMachine(homes: Homes): Machine {
  const kind = platform()
  const home = homes.env.HOME?.trim() || homes.userHome
  return {
    platform: kind,
    uid: userId(),
    folders: kind === "darwin" ? launchdFolders(home) : systemdFolders(home, homes.env),
    hasSudo: findProgram(homes, "sudo") !== null,
    run: (argv) => runChild(argv, { env: homes.env }),
  }
}

function systemdFolders(home: string, env: Homes["env"]): Record<Scope, string> {
  const named = env.XDG_CONFIG_HOME?.trim() ?? ""
  const config = named.startsWith("/") ? named : join(home, ".config")
  return { user: join(config, "systemd", "user"), system: "/etc/systemd/system" }
}

function launchdFolders(home: string): Record<Scope, string> {
  return { user: join(home, "Library", "LaunchAgents"), system: "/Library/LaunchDaemons" }
}

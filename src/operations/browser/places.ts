import { agentDir } from "../../browser/agent-sessions.ts"
import { aimProfileDir } from "../../browser/aim-profile.ts"
import type { Places } from "../../browser/discover.ts"
import type { LaunchPlace } from "../../browser/launch.ts"
import type { Label } from "../../domain/label.ts"
import type { Pool } from "../../pool/pool.ts"
import { clientHome } from "../../system/homes.ts"
import { platform } from "../../system/start-detached.ts"

/** Where browsers keep their profiles, for the homes of one command. */
export function browserPlaces({ homes }: Pool): Places {
  const config = homes.sandboxed ? null : (homes.env.XDG_CONFIG_HOME?.trim() ?? "")
  return {
    platform: platform(),
    home: homes.userHome,
    config: config === null || !config.startsWith("/") ? null : config,
    openclaw: clientHome(homes, "OPENCLAW_STATE_DIR", ".openclaw"),
  }
}

/**
 * The environment that agent-browser sees. In a sandbox what would lead it out is left out: its
 * daemons are then the sandbox's own.
 */
function agentEnv({ homes }: Pool): Readonly<Record<string, string | undefined>> {
  const leadsOut = ["AGENT_BROWSER_SOCKET_DIR", "AGENT_BROWSER_CONFIG", "XDG_RUNTIME_DIR"]
  const kept = Object.entries(homes.env).filter(
    ([name]) => !homes.sandboxed || !leadsOut.includes(name),
  )
  return { ...Object.fromEntries(kept), HOME: homes.userHome }
}

/** Where agent-browser's daemons have their files. */
export function agentPlace(pool: Pool): string {
  return agentDir(pool.homes.userHome, agentEnv(pool))
}

/** Where and with what environment a page of one label opens. */
export function launchPlace(pool: Pool, label: Label): LaunchPlace {
  const { platform: kind, home, config } = browserPlaces(pool)
  const aimProfile = aimProfileDir(pool.vault.paths.dir, label)
  const env = agentEnv(pool)
  return { platform: kind, home, config, aimProfile, agentDir: agentPlace(pool), env }
}
